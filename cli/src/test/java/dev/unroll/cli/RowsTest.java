package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableReader;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goes through an input that is many times larger than the memory there is. */
class RowsTest {
    private static final long BYTES = 96L << 20;

    @Test
    void a_table_may_be_larger_than_the_memory() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx24m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RowsTest.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        String[] counts = told.strip().split(" ", -1);
        assertThat(counts).hasSize(2);
        assertThat(Long.parseLong(counts[0])).isGreaterThan(1_000);
        assertThat(Long.parseLong(counts[1])).isGreaterThan(BYTES);
    }

    /** In the small process. */
    public static void main(String[] args) throws IOException {
        String row = "1,\"" + "a text\n".repeat(900) + "\"\n";
        long rows = BYTES / row.length();
        Counting out = new Counting();
        try (TableReader reader =
                        TableReader.of(
                                Path.of("in.csv"),
                                new Repeated("n,text\n", row, rows),
                                TableFormat.CSV);
                Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            Lengths task = new Lengths();
            long answered =
                    new Rows<>(reader, List.of("text"), task, new Refusals())
                            .each(
                                    task.sink(
                                            TableFormat.CSV,
                                            text,
                                            reader.columns(),
                                            task.columns()),
                                    _ -> {});
            text.flush();
            System.out.println(answered + " " + out.count);
        }
    }

    /** Answers a text with its length. */
    private record Lengths() implements ColumnTask<String, Integer> {
        @Override
        public Optional<String> trainedOn() {
            return Optional.empty();
        }

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Integer> answers(List<String> inputs) {
            return inputs.stream().map(String::length).toList();
        }

        @Override
        public List<String> columns() {
            return List.of("length");
        }

        @Override
        public List<TableCell> cells(Integer answer) {
            return List.of(new TableCell.Decimal(answer));
        }
    }

    /** A header and then the same row again and again, made as it is read. */
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    private static final class Repeated extends InputStream {
        private final byte[] row;
        private byte[] now;
        private int at;
        private long left;

        Repeated(String header, String row, long rows) {
            this.now = header.getBytes(StandardCharsets.UTF_8);
            this.row = row.getBytes(StandardCharsets.UTF_8);
            this.left = rows;
        }

        @Override
        public int available() {
            return left > 0 || at < now.length ? 1 : 0;
        }

        @Override
        public int read() {
            if (at == now.length) {
                if (left-- <= 0) {
                    return -1;
                }
                now = row;
                at = 0;
            }
            return now[at++];
        }
    }

    /** Forgets what is written and counts it. */
    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int one) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
