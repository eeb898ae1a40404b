package dev.unroll.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.table.TableReader.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWriterTest {
    private static final List<String> MORE = List.of("tag", "probability", "sure");
    private static final List<TableCell> CELLS =
            List.of(
                    TableCell.Several.of(List.of("A", "B")),
                    new TableCell.Decimal(0.123456789),
                    new TableCell.Flag(true));

    /** The rows of a text in one form, written in another; what cannot be is told instead. */
    private static String written(
            String text, TableFormat from, TableFormat to, List<TableCell> cells)
            throws IOException {
        StringBuilder out = new StringBuilder();
        StringBuilder problems = new StringBuilder();
        try (TableReader reader =
                TableReader.of(
                        Path.of("in"), new ByteArrayInputStream(text.getBytes(UTF_8)), from)) {
            TableWriter writer = TableWriter.of(to, out, reader.columns(), MORE);
            for (Optional<Item> next = reader.next(); next.isPresent(); next = reader.next()) {
                try {
                    writer.write(((Item.Read) next.get()).row(), cells);
                } catch (UnusableRowException e) {
                    problems.append(e.problem()).append('\n');
                }
            }
        }
        return out + "" + problems;
    }

    @Test
    void values_that_hold_commas_quotes_and_line_ends_are_read_as_they_were_written()
            throws IOException {
        String csv = "id,text\n1,\"a, \"\"b\"\"\nc\"\n2,\n";
        String out = written(csv, TableFormat.CSV, TableFormat.CSV, CELLS);
        assertThat(out)
                .isEqualTo(
                        """
                        id,text,tag,probability,sure
                        1,"a, ""b""
                        c",A B,0.123457,true
                        2,,A B,0.123457,true
                        """);
        assertThat(written(csv, TableFormat.CSV, TableFormat.JSONL, CELLS))
                .startsWith(
                        "{\"id\":\"1\",\"text\":\"a, \\\"b\\\"\\nc\",\"tag\":[\"A\",\"B\"],"
                                + "\"probability\":0.123457,\"sure\":true}\n");
    }

    @Test
    void what_tabs_cannot_hold_is_told_and_not_written() throws IOException {
        assertThat(written("id,text\n1,\"a\nb\"\n2,c\n", TableFormat.CSV, TableFormat.TSV, CELLS))
                .startsWith("id\ttext\ttag\tprobability\tsure\n2\tc\tA B\t0.123457\ttrue\n")
                .contains("in:2: a value has a tab or a line end in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"big\": 12345678901234567890, \"x\": 1.50, \"deep\": {\"a\": [1, 1e400]}}",
                "  {\"a\" : \"\\u00e9 }\" }  ",
            })
    void a_row_of_json_stays_as_it_was_written(String row) throws IOException {
        String own = row.strip();
        assertThat(written(row + "\n", TableFormat.JSONL, TableFormat.JSONL, CELLS))
                .startsWith(own.substring(0, own.length() - 1).stripTrailing() + ",\"tag\":");
    }

    @Test
    void an_empty_object_is_written_with_the_new_values_alone() throws IOException {
        assertThat(written("{}\n", TableFormat.JSONL, TableFormat.JSONL, CELLS))
                .isEqualTo("{\"tag\":[\"A\",\"B\"],\"probability\":0.123457,\"sure\":true}\n");
    }

    @Test
    void a_row_of_json_with_a_name_that_is_to_be_written_is_told() throws IOException {
        assertThat(
                        written(
                                "{\"a\": 1}\n{\"tag\": 1}\n",
                                TableFormat.JSONL,
                                TableFormat.JSONL,
                                CELLS))
                .contains("in:2: it has 'tag' already");
    }

    @Test
    void json_becomes_commas_by_the_names_of_its_first_row() throws IOException {
        String json =
                """
                {"id": 7, "text": "a", "list": [1, 2]}
                {"text": null, "id": true}
                {"id": 8, "more": 1}
                """;
        assertThat(written(json, TableFormat.JSONL, TableFormat.CSV, CELLS))
                .isEqualTo(
                        "id,text,list,tag,probability,sure\n"
                                + "7,a,\"[1,2]\",A B,0.123457,true\n"
                                + "true,,,A B,0.123457,true\n"
                                + "in:3: it has 'more', which the first row has not, so that there"
                                + " is no column for it; write JSON lines\n");
    }

    @Test
    void nothing_is_an_empty_value_and_null_in_json() throws IOException {
        List<TableCell> none = List.of(TableCell.NONE, TableCell.NONE, TableCell.NONE);
        assertThat(written("text\na\n", TableFormat.CSV, TableFormat.CSV, none)).endsWith("a,,,\n");
        assertThat(written("text\na\n", TableFormat.CSV, TableFormat.JSONL, none))
                .isEqualTo("{\"text\":\"a\",\"tag\":null,\"probability\":null,\"sure\":null}\n");
    }

    @Test
    void a_number_is_rounded_to_six_digits_and_has_a_point() {
        assertThat(new TableCell.Decimal(1e-9).plain()).isEqualTo("0");
        assertThat(new TableCell.Decimal(-12.5).plain()).isEqualTo("-12.5");
        assertThat(new TableCell.Decimal(1_000_000).plain()).isEqualTo("1000000");
        assertThatThrownBy(() -> new TableCell.Decimal(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
