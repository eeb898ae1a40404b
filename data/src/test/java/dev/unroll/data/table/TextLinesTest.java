package dev.unroll.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinesTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"eins\nzwei\ndrei\n", "eins\nzwei\ndrei", "eins\r\nzwei\r\ndrei\r\n"})
    void lines_end_as_they_may(String text) throws IOException {
        TextLines lines = TextLines.ofGzip(gzip("a.gz", utf8(text)));
        assertThat(IntStream.range(0, lines.count()).mapToObj(i -> line(lines, i)))
                .containsExactly("eins", "zwei", "drei");
    }

    @Test
    void an_empty_file_has_no_lines() throws IOException {
        assertThat(TextLines.ofGzip(gzip("a.gz", new byte[0])).count()).isZero();
    }

    @Test
    void a_truncated_file_is_refused_and_says_after_which_line() throws IOException {
        String text = "Ein Hund läuft durch den Schnee.\n".repeat(20_000);
        byte[] packed = Files.readAllBytes(gzip("a.gz", utf8(text)));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> TextLines.ofGzip(cut))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        ".*cut.gz, after line [1-9][0-9,]*: the packed text breaks off.*")
                .hasMessageContaining("delete it and fetch it again");
    }

    @Test
    void what_is_not_packed_is_refused() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.gz"), "plain text\n");
        assertThatThrownBy(() -> TextLines.ofGzip(plain))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a whole gzip file");
        assertThatThrownBy(() -> TextLines.ofZip(plain, "fra.txt"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a whole zip file");
        Path empty = Files.createFile(folder.resolve("empty.gz"));
        assertThatThrownBy(() -> TextLines.ofGzip(empty))
                .hasMessageContaining("not a whole gzip file");
    }

    @Test
    void bytes_that_are_no_text_are_refused_by_line_and_place() throws IOException {
        byte[] bytes = utf8("gut\nsch\u00f6n\nfalsch\n");
        bytes[bytes.length - 3] = (byte) 0xff;
        Path file = gzip("a.gz", bytes);
        assertThatThrownBy(() -> TextLines.ofGzip(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.gz, line 3: byte 5 of the line is not UTF-8");
    }

    @Test
    void a_blank_line_is_refused_by_its_number() throws IOException {
        TextLines lines = TextLines.ofGzip(gzip("a.gz", utf8("eins\n \n")));
        assertThatThrownBy(() -> lines.notBlank(1))
                .hasMessageContaining("a.gz, line 2: it is blank");
    }

    @Test
    void a_packed_file_without_the_text_is_refused() throws IOException {
        Path file = zip("a.zip", "other.txt", "a\tb\n");
        assertThatThrownBy(() -> TextLines.ofZip(file, "fra.txt"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no fra.txt in it");
    }

    private static String line(TextLines lines, int index) {
        try {
            return lines.notBlank(index);
        } catch (DataException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path gzip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return Files.write(folder.resolve(name), packed.toByteArray());
    }

    private Path zip(String name, String entry, String text) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(utf8(text));
        }
        return file;
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_line() throws IOException {
        Path file = Files.writeString(folder.resolve("labels.txt"), "\ufeffrest\nup\n");
        assertThat(TextLines.of(file).lines()).containsExactly("rest", "up");
    }
}
