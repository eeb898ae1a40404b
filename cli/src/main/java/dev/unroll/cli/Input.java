package dev.unroll.cli;

import dev.unroll.data.table.TableFormat;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The input of a command: a text on the command line, a file or pipe, or standard input.
 *
 * @param name of the file, or what is said of one without a name
 * @param file if it is one, which may be a pipe
 * @param bytes of it, packed or not, counted
 * @param size of the file in bytes; -1 if it is not known
 * @param format of its rows
 */
record Input(Path name, Optional<Path> file, Counted bytes, long size, TableFormat format)
        implements AutoCloseable {

    /** From here on down in a folder, or a name with an ending of text files. */
    private static final Pattern PATH =
            Pattern.compile(
                    "(?s)(\\.{1,2}|~)/.*|/\\S+"
                            + "|\\S+\\.(?i:(txt|text|csv|tsv|jsonl|ndjson|json|conllu|md)(\\.gz)?)");

    /** Endings of files that hold rows in a form that is not read. */
    private static final Pattern OTHER_FORMS =
            Pattern.compile("(?si).*\\.(json|xlsx?|ods|parquet|feather|zip)(\\.gz)?");

    /** A stream that counts what was read of it. */
    static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream in) {
            super(in);
        }

        /** {@return how many bytes were read} */
        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            add(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            add(Math.max(0, read));
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
        private void add(int more) {
            count += more;
        }
    }

    /**
     * The input that an argument names: {@code -} for standard input, a file or pipe that is there,
     * else a text.
     *
     * @param given the form of its rows; told by the file's name if null
     * @throws IllegalArgumentException if it is blank, a folder, or looks like the path of a file
     *     and there is none, or its name tells a form that is not read
     */
    static Input of(String what, @Nullable TableFormat given) throws IOException {
        if (what.isBlank()) {
            throw new IllegalArgumentException(
                    "the text is empty: give a text, a file with a text a line, a table, or - for"
                            + " standard input");
        }
        TableFormat otherwise = given == null ? TableFormat.TEXT : given;
        if (what.equals("-")) {
            return new Input(
                    Path.of("standard input"),
                    Optional.empty(),
                    new Counted(System.in),
                    -1,
                    otherwise);
        }
        Optional<Path> file = path(what).filter(Files::exists);
        if (file.isPresent()) {
            return ofFile(what, file.get(), given);
        }
        if (PATH.matcher(what).matches()) {
            throw new IllegalArgumentException("there is no file " + what + ifText());
        }
        return new Input(
                Path.of("text"),
                Optional.empty(),
                new Counted(new ByteArrayInputStream(what.getBytes(StandardCharsets.UTF_8))),
                -1,
                otherwise);
    }

    private static Input ofFile(String what, Path file, @Nullable TableFormat given)
            throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    what + " is a folder; give a file with a text a line, or a table" + ifText());
        }
        if (given == null && OTHER_FORMS.matcher(what).matches()) {
            throw new IllegalArgumentException(
                    what
                            + ": this form of file is not read. Save it as CSV (.csv), TSV (.tsv) or"
                            + " JSON lines (.jsonl), or say with --format which of them it is");
        }
        TableFormat format = given == null ? TableFormat.of(file).orElse(TableFormat.TEXT) : given;
        // not Files.newInputStream, which cannot read a pipe
        return new Input(
                file,
                Optional.of(file),
                new Counted(new FileInputStream(file.toFile())),
                Files.isRegularFile(file) ? Files.size(file) : -1,
                format);
    }

    private static Optional<Path> path(String what) {
        try {
            return Optional.of(Path.of(what));
        } catch (InvalidPathException e) {
            return Optional.empty(); // then it is a text
        }
    }

    private static String ifText() {
        return "; if that is the text itself, give it on standard input (-)";
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
