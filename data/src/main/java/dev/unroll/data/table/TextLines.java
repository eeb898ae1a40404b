package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.formats.files.Gzip;
import dev.unroll.formats.files.NotUtf8Exception;
import dev.unroll.formats.files.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, packed or not, read strictly; errors name the file and the line.
 *
 * @param name of the file, for people
 * @param lines without their ends
 */
public record TextLines(String name, List<String> lines) {

    /** More text than any set here has, and less than would fill the memory. */
    static final int MOST_BYTES = 256 << 20;

    public TextLines {
        lines = List.copyOf(lines);
    }

    /** Reads a text packed with gzip. */
    public static TextLines ofGzip(Path file) throws DataException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream in = new GZIPInputStream(bytes, 1 << 16)) {
            return read(file.toString(), in);
        } catch (EOFException | ZipException e) {
            throw DataException.damaged(file + ": not a whole gzip file", e);
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
    }

    /** A text in a zip file: the entry of this name, in whatever folder. */
    public static TextLines ofZip(Path file, String name) throws DataException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry found = find(zip, name);
            if (found == null) {
                throw DataException.damaged(
                        file + ": has no " + name + " in it, so it is another file");
            }
            try (InputStream in = zip.getInputStream(found)) {
                return read(file + " > " + name, in);
            }
        } catch (ZipException e) {
            throw DataException.damaged(file + ": not a whole zip file", e);
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
    }

    private static @Nullable ZipEntry find(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        return entry != null
                ? entry
                : zip.stream()
                        .filter(any -> any.getName().endsWith("/" + name))
                        .findFirst()
                        .orElse(null);
    }

    /** Reads a text file, packed with gzip or not. */
    public static TextLines of(Path file) throws DataException {
        try (BufferedInputStream bytes =
                new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            InputStream in = Gzip.isPacked(bytes) ? Gzip.unpacked(bytes) : bytes;
            return read(file.toString(), in);
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
    }

    private static TextLines read(String name, InputStream in) throws DataException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (bytes.size() + n > MOST_BYTES) {
                    throw DataException.damaged(
                            name + ": unpacks to more than " + (MOST_BYTES >> 20) + " MB");
                }
                bytes.write(buffer, 0, n);
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            long line = bytes.toString(StandardCharsets.ISO_8859_1).lines().count();
            throw DataException.damaged(
                    "%s, after line %,d: the packed text breaks off or is damaged (%s)"
                            .formatted(name, line, e.getMessage()),
                    e);
        }
        return new TextLines(name, split(name, bytes.toByteArray()));
    }

    private static List<String> split(String name, byte[] bytes) throws DataException {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            boolean last = at == bytes.length;
            if (last ? at > start : bytes[at] == '\n') {
                lines.add(decode(name, lines.size(), Arrays.copyOfRange(bytes, start, at)));
                start = at + 1;
            }
        }
        return lines;
    }

    private static String decode(String name, int line, byte[] bytes) throws DataException {
        try {
            return Utf8.line(bytes, line == 0);
        } catch (NotUtf8Exception e) {
            throw DataException.damaged(
                    "%s, line %,d: %s".formatted(name, line + 1, e.getMessage()), e);
        }
    }

    /** {@return the number of lines} */
    public int count() {
        return lines.size();
    }

    /** A line, from 0. */
    public String line(int index) {
        return lines.get(index);
    }

    /** A line, from 0, that has to have something in it. */
    public String notBlank(int index) throws DataException {
        String line = lines.get(index);
        if (line.isBlank()) {
            throw malformed(index, "it is blank");
        }
        return line;
    }

    /** {@return the failure of a line, from 0, that is not as published} */
    public DataException malformed(int index, String why) {
        return DataException.damaged("%s, line %,d: %s".formatted(name, index + 1, why));
    }
}
