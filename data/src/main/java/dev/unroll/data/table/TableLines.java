package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.formats.files.NotUtf8Exception;
import dev.unroll.formats.files.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a table's file. One that is no text, or too long, does not spoil the others. */
final class TableLines {

    /** More than any text here has, and few enough for a line to be harmless. */
    static final int LONGEST = 4 << 20;

    private static final long MOST_BYTES = 1L << 30;

    private TableLines() {}

    /** A line, with its number in the file, from 1. */
    sealed interface Line {
        long number();

        /** A line that can be read. */
        record Text(long number, String text) implements Line {}

        /** A line that cannot. */
        record Unreadable(long number, String why) implements Line {}
    }

    /** All lines; without the byte order mark, if there is one. */
    static List<Line> of(Path file) throws DataException {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (Files.size(file) > MOST_BYTES) {
                throw new DataException(
                        file + ": more than " + (MOST_BYTES >> 20) + " MB; split it");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            boolean begun = false;
            long length = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                begun = next != '\n';
                if (begun) {
                    length++;
                    if (length <= LONGEST) {
                        bytes.write(next);
                    }
                } else {
                    lines.add(line(lines.size() + 1, bytes.toByteArray(), length));
                    bytes.reset();
                    length = 0;
                }
            }
            if (begun) {
                lines.add(line(lines.size() + 1, bytes.toByteArray(), length));
            }
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
        requireUtf8(file, lines);
        return lines;
    }

    private static Line line(long number, byte[] bytes, long length) {
        if (length > LONGEST) {
            return new Line.Unreadable(
                    number,
                    "the line has %,d bytes; at most %,d are read".formatted(length, LONGEST));
        }
        try {
            return new Line.Text(number, Utf8.line(bytes, number == 1));
        } catch (NotUtf8Exception e) {
            return new Line.Unreadable(number, String.valueOf(e.getMessage()));
        }
    }

    /** UTF-16 begins with two bytes that UTF-8 never has. */
    private static void requireUtf8(Path file, List<Line> lines) throws DataException {
        if (lines.isEmpty()) {
            throw new DataException(file + ": is empty");
        }
        if (lines.getFirst() instanceof Line.Unreadable first) {
            throw new DataException(
                    "%s:1: %s; save the file as text in UTF-8".formatted(file, first.why()));
        }
    }
}
