package dev.unroll.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableReader.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TableReaderTest {
    private static final Path NAME = Path.of("a.csv");

    @TempDir Path folder;

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Hands out one byte at a time and never has more at once, as a slow pipe does. */
    private static InputStream slow(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    private static TableReader reader(String text, TableFormat format) throws IOException {
        return TableReader.of(NAME, new ByteArrayInputStream(text.getBytes(UTF_8)), format);
    }

    private static List<Item> all(TableReader reader) throws IOException {
        List<Item> items = new ArrayList<>();
        for (Optional<Item> next = reader.next(); next.isPresent(); next = reader.next()) {
            items.add(next.get());
        }
        return items;
    }

    private static List<String> told(TableReader reader, String column) throws IOException {
        List<String> told = new ArrayList<>();
        for (Item item : all(reader)) {
            try {
                told.add(
                        switch (item) {
                            case Item.Read(TableRow row) -> row.text(column);
                            case Item.Refused(Table.Problem problem) -> problem.toString();
                        });
            } catch (UnusableRowException e) {
                told.add(e.problem().toString());
            }
        }
        return told;
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    reviews.csv, CSV
                    reviews.CSV.gz, CSV
                    a.b/reviews.tsv, TSV
                    reviews.jsonl, JSONL
                    reviews.ndjson.gz, JSONL
                    en.conllu.gz, CONLLU
                    notes.txt, TEXT
                    """)
    void the_ending_of_a_name_tells_the_form_packed_or_not(String name, TableFormat format) {
        assertThat(TableFormat.of(Path.of(name))).contains(format);
        assertThat(TableFormat.of(Path.of(name + "x"))).isEmpty();
    }

    @Test
    void gzip_is_told_by_its_first_bytes_also_from_a_slow_pipe_and_in_several_members()
            throws IOException {
        byte[] one = packed("text\ngood\n");
        byte[] both = Arrays.copyOf(one, one.length * 2 + 3);
        byte[] two = packed("bad\n");
        System.arraycopy(two, 0, both, one.length, two.length);
        both = Arrays.copyOf(both, one.length + two.length);
        for (InputStream in : List.of(new ByteArrayInputStream(both), slow(both))) {
            assertThat(told(TableReader.of(NAME, in, TableFormat.CSV), "text"))
                    .containsExactly("good", "bad");
        }
    }

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void a_gzip_file_that_breaks_off_is_refused(TableFormat format) throws IOException {
        byte[] whole = packed("text\n".repeat(5_000));
        InputStream in = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(
                        () -> {
                            try (TableReader reader = TableReader.of(NAME, in, format)) {
                                all(reader);
                            }
                        })
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the gzip file breaks off or is damaged");
    }

    @Test
    void a_packed_table_is_read_for_training_like_a_plain_one() throws IOException {
        String text = "text,label\n\"a\nb\",good\nc,bad\n";
        Path plain = Files.writeString(folder.resolve("a.csv"), text);
        Path packed = Files.write(folder.resolve("a.csv.gz"), packed(text));
        List<String> columns = List.of("label", "text");
        assertThat(Table.read(packed, columns).rows())
                .extracting(Table.Row::values)
                .isEqualTo(
                        Table.read(plain, columns).rows().stream().map(Table.Row::values).toList());
        assertThat(Table.has(packed, "label")).isTrue();
        Path sentences =
                Files.write(
                        folder.resolve("a.conllu.gz"),
                        packed("1\tgo\t_\tVERB\t_\t_\t_\t_\t_\t_\n\n"));
        assertThat(TaggedText.of(sentences).sentences().getFirst().tags()).containsExactly("VERB");
        assertThat(TextLines.of(Files.write(folder.resolve("a.txt"), packed("x\ny\n"))).lines())
                .containsExactly("x", "y");
    }

    @Test
    void a_row_that_cannot_be_read_is_told_in_its_place() throws IOException {
        assertThat(
                        told(
                                reader(
                                        "id,text\n1,a\n2\n3,\"b\nb\"\n4,\"c\n5,d\n",
                                        TableFormat.CSV),
                                "text"))
                .containsExactly(
                        "a",
                        "a.csv:3: it has 1 columns, the first line 2",
                        "b\nb",
                        "a.csv:6: a quote is opened and not closed within 1000 lines",
                        "d");
        assertThat(
                        told(
                                reader(
                                        "no\n{\"text\": \"a\"}\n{}\n{\"text\": null}\n",
                                        TableFormat.JSONL),
                                "text"))
                .containsExactly(
                        "a.csv:1: it is no JSON: Unrecognized token 'no': was expecting (JSON"
                                + " String, Number, Array, Object or token 'null', 'true' or"
                                + " 'false')",
                        "a",
                        "a.csv:3: it has no 'text'",
                        "");
    }

    @Test
    void sentences_of_conllu_are_read_whether_or_not_they_have_tags() throws IOException {
        String text =
                """
                # text = don't go
                1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
                1\tdo\t_\t_\t_\t_\t_\t_\t_\t_
                2\tn't\t_\tPART\t_\t_\t_\t_\t_\t_
                3\tgo\t_\t_\t_\t_\t_\t_\t_\t_

                1\tbad

                # the end
                """;
        List<Item> items = all(reader(text, TableFormat.CONLLU));
        assertThat(items).hasSize(2);
        assertThat(items.get(0))
                .isInstanceOfSatisfying(
                        Item.Read.class,
                        read ->
                                assertThat(((ConlluRow) read.row()).words())
                                        .containsExactly("do", "n't", "go"));
        assertThat(items.get(1))
                .hasToString(
                        new Item.Refused(
                                        new Table.Problem(
                                                NAME,
                                                7,
                                                "it has 2 columns; a line of CoNLL-U has 10, with"
                                                        + " tabs between"))
                                .toString());
    }

    @Test
    void a_column_that_is_named_twice_cannot_be_asked_for() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "text,text\na,b\n");
        assertThatThrownBy(() -> Table.read(file, List.of("text")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names the column 'text' twice");
    }

    /** Rows that were handed out are not kept, and few bytes behind them have been read. */
    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void no_more_of_a_stream_is_read_than_the_next_row_needs(TableFormat format)
            throws IOException {
        String word = "x".repeat(200);
        String row =
                switch (format) {
                    case CSV -> "1,\"" + word + "\n" + word + "\"\n";
                    case TSV -> "1\t" + word + "\n";
                    case JSONL -> "{\"text\": \"" + word + "\"}\n";
                    case CONLLU -> "1\t" + word + "\t_".repeat(8) + "\n\n";
                    case TEXT -> word + "\n";
                };
        String header =
                format == TableFormat.CSV ? "n,text\n" : format == TableFormat.TSV ? "n\tt\n" : "";
        int most = 100_000;
        Endless endless = new Endless(row.getBytes(UTF_8));
        try (TableReader reader =
                TableReader.of(
                        NAME,
                        new SequenceInputStream(
                                new ByteArrayInputStream(header.getBytes(UTF_8)), endless),
                        format)) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(reader.next().orElseThrow()).isInstanceOf(Item.Read.class);
                assertThat(endless.given - (long) i * row.length()).isLessThan(most);
            }
        }
    }

    /** The same bytes again and again. */
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    private static final class Endless extends InputStream {
        private final byte[] bytes;
        private long given;

        Endless(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes[(int) (given++ % bytes.length)];
        }
    }
}
