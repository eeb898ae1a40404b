package dev.unroll.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.sets.Packed;
import dev.unroll.data.table.Table.Header;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.Table.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final List<String> COLUMNS = List.of("text", "label");

    @TempDir Path folder;

    @Test
    void every_form_gives_the_same_rows() throws IOException {
        Table csv =
                read(
                        "a.csv",
                        """
                        label,number,text
                        good,1,"a, b and ""c\"""

                        bad,2,über
                        """);
        Table tsv = read("a.tsv", "label\tnumber\ttext\ngood\t1\ta, b and \"c\"\n\nbad\t2\tüber\n");
        Table json =
                read(
                        "a.jsonl",
                        """
                        {"text": "a, b and \\"c\\"", "label": "good", "number": 1}

                        {"label": "bad", "text": "\\u00fcber"}
                        """);
        assertThat(values(csv))
                .containsExactly(List.of("a, b and \"c\"", "good"), List.of("über", "bad"));
        assertThat(values(tsv)).isEqualTo(values(csv));
        assertThat(values(json)).isEqualTo(values(csv));
        assertThat(csv.rows()).extracting(Row::line).containsExactly(2L, 4L);
        assertThat(json.rows()).extracting(Row::line).containsExactly(1L, 3L);
        for (Table table : List.of(csv, tsv, json)) {
            assertThat(table.problems()).isEmpty();
            assertThat(table.remarks()).isEmpty();
        }
    }

    @Test
    void a_byte_order_mark_and_line_ends_of_windows_are_no_part_of_the_text() throws IOException {
        Table table = read("a.csv", "\ufefftext,label\r\n\"a\r\nb\",good\r\nc,bad");
        assertThat(values(table)).containsExactly(List.of("a\nb", "good"), List.of("c", "bad"));
        assertThat(table.rows()).extracting(Row::line).containsExactly(2L, 4L);
    }

    @Test
    void columns_without_names_are_asked_for_by_number() throws IOException {
        Path file = write("a.csv", "good,a\nbad,b\n");
        Table table = Table.read(file, List.of("1", "0"), Header.NONE, 0);
        assertThat(values(table)).containsExactly(List.of("a", "good"), List.of("b", "bad"));
        assertThatThrownBy(() -> Table.read(file, List.of("text"), Header.NONE, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'text'; without a header columns are numbers");
        assertThatThrownBy(() -> Table.read(file, List.of("2"), Header.NONE, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("numbers from 0 to 1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a.csv, `lonely`, `it has 1 columns, the first line 2`",
                "a.csv, `a,b,c`, `it has 3 columns, the first line 2`",
                "a.csv, `,good`, `column 'text' is empty`",
                "a.csv, `\"a\" b,good`, `its quotes are wrong`",
                "a.csv, `\"a,good`, `a quote is opened and not closed`",
                "a.tsv, `a`, `it has 1 columns, the first line 2`",
                "a.jsonl, `{\"text\": \"a\"`, `it is no JSON`",
                "a.jsonl, `{\"text\": \"a\"} x`, `it is no JSON`",
                "a.jsonl, `[1]`, `it is no object`",
                "a.jsonl, `{\"text\": \"a\"}`, `it has no 'label'`",
                "a.jsonl, `{\"text\": \"a\", \"label\": [\"good\"]}`, `neither text nor a number`",
                "a.jsonl, `{\"text\": \" \", \"label\": 1}`, `'text' is empty`"
            })
    void a_bad_row_is_named_by_its_line_and_the_others_are_read(String name, String bad, String why)
            throws IOException {
        String good = name.equals("a.csv") ? "a,good\n" : "a\tgood\n";
        good = name.equals("a.jsonl") ? "{\"text\": \"a\", \"label\": \"good\"}\n" : good;
        String header =
                name.equals("a.jsonl")
                        ? "\n"
                        : name.equals("a.csv") ? "text,label\n" : "text\tlabel\n";
        Table table = read(name, header + good + bad + "\n" + good.repeat(20));
        assertThat(table.rows()).hasSize(21);
        assertThat(table.problems()).hasSize(1);
        Problem problem = table.problems().getFirst();
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.why()).contains(why);
        assertThat(table.remarks())
                .hasSize(2)
                .first()
                .asString()
                .contains("21 rows are used, 1 cannot be read");
        assertThat(table.remarks().get(1)).contains(name + ":3: ");
    }

    @Test
    void a_row_says_the_same_with_quotes_and_without() throws IOException {
        Table table = read("a.csv", "x,text,label,y\n, a b ,c,\n\"\",\" a b \",\"c\",\"\"\n");
        assertThat(table.problems()).isEmpty();
        assertThat(table.rows())
                .extracting(Table.Row::values)
                .containsExactly(List.of(" a b ", "c"), List.of(" a b ", "c"));
    }

    @Test
    void a_quote_inside_a_value_that_is_not_quoted_is_text() throws IOException {
        assertThat(values(read("a.csv", "text,label\na 5\" disk,good\nb,bad\n")))
                .containsExactly(List.of("a 5\" disk", "good"), List.of("b", "bad"));
    }

    /** Looking for the end of each quote in a thousand lines would take hours. */
    @Test
    void quotes_that_are_opened_in_every_line_are_refused() {
        assertThatThrownBy(() -> read("a.csv", "text,label\n" + "\"a\n".repeat(20_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("20,000 of 20,000 rows cannot be read")
                .hasMessageContaining("a.csv:2: its quotes are wrong");
        String open = "a" + " ".repeat(50) + "\",\",\n"; // closes one quote and opens another
        assertThatThrownBy(() -> read("b.csv", "text,label\n" + open.repeat(20_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a quote is opened and not closed within 1000 lines")
                .hasMessageContaining("mend the file's quotes");
    }

    @Test
    void a_quote_that_is_never_closed_spoils_no_quoted_row_behind_it() throws IOException {
        Table table = read("a.csv", "text,label\n\"a,good\n" + "\"b\nc\",\"bad\"\n".repeat(20));
        assertThat(values(table)).hasSize(20).containsOnly(List.of("b\nc", "bad"));
        assertThat(table.problems()).extracting(Problem::line).containsExactly(2L);
    }

    @Test
    void bytes_that_are_no_text_are_one_problem() throws IOException {
        byte[] bytes =
                ("text,label\n" + "a,good\n".repeat(10) + "b#,bad\n")
                        .getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 6] = (byte) 0xff;
        Path file = Files.write(folder.resolve("a.csv"), bytes);
        Table table = Table.read(file, COLUMNS);
        assertThat(table.rows()).hasSize(10);
        assertThat(table.problems())
                .containsExactly(new Problem(file, 12, "byte 2 of the line is not UTF-8"));
    }

    @Test
    void a_huge_line_is_one_problem() throws IOException {
        String huge = "x".repeat(TableLines.LONGEST + 1);
        Table table =
                read("a.csv", "text,label\n" + "a,good\n".repeat(10) + huge + ",bad\nb,bad\n");
        assertThat(table.rows()).hasSize(11);
        assertThat(table.problems()).hasSize(1);
        assertThat(table.problems().getFirst().why()).contains("at most 4,194,304 are read");
    }

    @Test
    void ten_problems_are_told_and_the_rest_is_counted() throws IOException {
        Table table = read("a.csv", "text,label\n" + "bad\n".repeat(12) + "a,good\n".repeat(200));
        assertThat(table.problems()).hasSize(12);
        assertThat(table.remarks()).hasSize(12).last().isEqualTo("and 2 more");
    }

    @Test
    void a_file_with_too_many_bad_rows_is_refused() {
        Path file = write("a.csv", "text,label\n" + "bad\n".repeat(2) + "a,good\n".repeat(8));
        assertThatThrownBy(() -> Table.read(file, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("2 of 10 rows cannot be read", "10 % may be", "a.csv:2: ");
        Path none = write("b.csv", "text,label\nbad\n");
        assertThatThrownBy(() -> Table.read(none, COLUMNS, Header.FIRST_LINE, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 1 rows cannot be read");
    }

    @Test
    void rows_can_be_found_bad_later_too() throws IOException {
        Table table = read("a.csv", "text,label\na,good\nb,worse\nc,good\n");
        Table rest = table.without(List.of(table.rows().get(1).problem("no such label")), 0.5);
        assertThat(rest.rows()).extracting(Row::line).containsExactly(2L, 4L);
        assertThat(rest.remarks()).last().asString().endsWith("a.csv:3: no such label");
        assertThatThrownBy(() -> table.without(rest.problems(), 0.1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 3 rows");
    }

    @Test
    void bad_rows_are_told_in_the_order_of_the_file_whenever_they_were_found() throws IOException {
        Path file = write("a.csv", "text,label\na,worse\nbad\nb,worse\nc,good\n");
        Table table = Table.read(file, COLUMNS, Header.FIRST_LINE, 1);
        Table rest =
                table.without(
                        List.of(
                                table.rows().get(0).problem("no such label"),
                                table.rows().get(1).problem("no such label")),
                        1);
        assertThat(rest.problems()).extracting(Table.Problem::line).containsExactly(2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.jsonl"})
    void an_empty_file_is_refused(String name) {
        Path file = write(name, "");
        assertThatThrownBy(() -> Table.read(file, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name + ": is empty");
    }

    @ParameterizedTest
    @CsvSource({"a.csv, 'text,label\n'", "a.jsonl, '\n\n'"})
    void a_file_without_rows_is_refused(String name, String text) {
        Path file = write(name, text);
        assertThatThrownBy(() -> Table.read(file, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name + ": has no rows");
    }

    @Test
    void a_column_that_is_not_there_is_named_beside_those_that_are() {
        Path csv = write("a.csv", "sentence,label\na,good\n");
        assertThatThrownBy(() -> Table.read(csv, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'text'; its first line names [sentence, label]");
        Path json = write("a.jsonl", "{\"sentence\": \"a\", \"label\": \"good\"}\n");
        assertThatThrownBy(() -> Table.read(json, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'text'; its rows have [label, sentence]");
    }

    @Test
    void a_file_that_is_no_table_is_refused() throws IOException {
        Path other = write("a.xlsx", "PK");
        assertThatThrownBy(() -> Table.read(other, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("name it .csv, .tsv or .jsonl");
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> Table.read(missing, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no file " + missing);
        Path utf16 =
                Files.write(
                        folder.resolve("b.csv"),
                        "text,label\na,good\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> Table.read(utf16, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("save the file as text in UTF-8");
        Path quoted = write("c.csv", "\"text,label\na,good\n");
        assertThatThrownBy(() -> Table.read(quoted, COLUMNS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.csv:1: a quote is opened");
    }

    private Table read(String name, String text) throws IOException {
        return Table.read(write(name, text), COLUMNS);
    }

    private Path write(String name, String text) {
        return new Packed(folder).plain(name, text);
    }

    private static List<List<String>> values(Table table) {
        return table.rows().stream().map(Row::values).toList();
    }

    @Test
    void a_line_of_tabs_is_a_row_whatever_else_stands_in_it() throws IOException {
        Table table = read("a.tsv", "label\ttext\npos\tfirst half\rsecond half\nneg\t\"x\r\"\r\n");
        assertThat(values(table))
                .containsExactly(
                        List.of("first half\rsecond half", "pos"), List.of("\"x\r\"", "neg"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void a_row_of_commas_with_a_lone_carriage_return_is_named_unless_it_is_quoted()
            throws IOException {
        String good = "a,good\n".repeat(20);
        Table table = read("a.csv", "text,label\nx\ry,bad\n\"x\ry\",good\n" + good);
        assertThat(table.rows()).hasSize(21);
        assertThat(table.rows().getFirst().value(0)).isEqualTo("x\ry");
        assertThat(table.problems())
                .singleElement()
                .asString()
                .contains("a.csv:2: a carriage return (CR)");
    }

    @Test
    void a_number_of_a_row_that_is_too_large_and_a_key_that_is_there_twice_are_named()
            throws IOException {
        String good = "{\"text\": \"a\", \"label\": 1e4}\n".repeat(30);
        Table table =
                read(
                        "a.jsonl",
                        good
                                + "{\"text\": \"a\", \"label\": 1e400}\n"
                                + "{\"text\": \"a\", \"text\": \"b\", \"label\": 2}\n");
        assertThat(table.rows()).hasSize(30);
        assertThat(table.problems()).extracting(Problem::line).containsExactly(31L, 32L);
        assertThat(table.problems().get(0).why())
                .isEqualTo("'label' is a number too large to be read");
        assertThat(table.problems().get(1).why()).contains("Duplicate");
    }

    @ParameterizedTest
    @CsvSource({"csv, ',', film", "tsv, '\t', film"})
    void a_table_says_which_columns_it_has(String ending, String separator, String column)
            throws IOException {
        Path file = write("a." + ending, "\ufeffx" + separator + " film \n1" + separator + "a\n");
        assertThat(Table.has(file, column)).isTrue();
        assertThat(Table.has(file, "label")).isFalse();
        assertThat(Table.has(write("a.jsonl", "{\"film\": 1}\n"), column)).isTrue();
    }
}
