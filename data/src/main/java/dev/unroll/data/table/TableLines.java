package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.formats.files.Gzip;
import dev.unroll.formats.files.NotUtf8Exception;
import dev.unroll.formats.files.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a table, one by one, packed with gzip or not. One that is no text, or too long, does
 * not spoil the others.
 */
final class TableLines implements AutoCloseable {

    /** More than any text here has, and few enough for a line to be harmless. */
    static final int LONGEST = 4 << 20;

    /** The most that a file may have whose rows are kept, unpacked. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int BUFFER = 1 << 16;

    private final Path name;
    private final InputStream in;
    private final boolean packed;
    private final long most;
    private final Deque<Line> again = new ArrayDeque<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private long read;
    private long number;

    /** A line, with its number in the file, from 1. */
    sealed interface Line {
        long number();

        /** A line that can be read. */
        record Text(long number, String text) implements Line {}

        /** A line that cannot. */
        record Unreadable(long number, String why) implements Line {}
    }

    private TableLines(Path name, InputStream raw, long most) throws DataException {
        this.name = name;
        this.most = most;
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        try {
            packed = Gzip.isPacked(buffered);
            in = packed ? Gzip.unpacked(buffered) : buffered;
        } catch (IOException e) {
            throw DataException.unreadable(name, e);
        }
    }

    /** Of a stream, of which nothing is kept: it may have any length. */
    static TableLines of(Path name, InputStream in) throws DataException {
        return new TableLines(name, in, Long.MAX_VALUE);
    }

    /** Of a file whose rows will be kept. */
    static TableLines of(Path file) throws DataException {
        InputStream raw;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw tooLarge(file, MOST_BYTES);
            }
            raw = Files.newInputStream(file);
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
        try {
            return new TableLines(file, raw, MOST_BYTES);
        } catch (DataException e) {
            try {
                raw.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static DataException tooLarge(Path file, long most) {
        return new DataException(file + ": more than " + (most >> 20) + " MB; split it");
    }

    /** The next line, without the byte order mark that may stand before the first. */
    Optional<Line> next() throws DataException {
        return again.isEmpty() ? read() : Optional.of(again.removeFirst());
    }

    /** Has lines that were read be read again, before those behind them. */
    void back(List<Line> lines) {
        lines.reversed().forEach(again::addFirst);
    }

    /** {@return whether the next line is there, so that asking for it does not wait for a pipe} */
    boolean ready() throws IOException {
        return !again.isEmpty() || packed || in.available() > 0;
    }

    /** {@return whether nothing at all has been read} */
    boolean isEmpty() {
        return number == 0;
    }

    private Optional<Line> read() throws DataException {
        bytes.reset();
        long length = 0;
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                length++;
                if (length <= LONGEST) {
                    bytes.write(next);
                }
            }
        } catch (IOException e) {
            throw packed
                    ? new DataException(
                            "%s, after line %,d: the gzip file breaks off or is damaged (%s)"
                                    .formatted(name, number, e.getMessage()),
                            e)
                    : DataException.unreadable(name, e);
        }
        number++;
        read += length + 1;
        if (read - 1 > most) {
            throw tooLarge(name, most);
        }
        return Optional.of(line(length));
    }

    private Line line(long length) throws DataException {
        String why;
        try {
            if (length <= LONGEST) {
                return new Line.Text(number, Utf8.line(bytes.toByteArray(), number == 1));
            }
            why = "the line has %,d bytes; at most %,d are read".formatted(length, LONGEST);
        } catch (NotUtf8Exception e) {
            why = String.valueOf(e.getMessage());
        }
        if (number == 1) { // UTF-16 begins with two bytes that UTF-8 never has
            throw new DataException(
                    "%s:1: %s; save the file as text in UTF-8".formatted(name, why));
        }
        return new Line.Unreadable(number, why);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
