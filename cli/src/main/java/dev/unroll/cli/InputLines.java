package dev.unroll.cli;

import dev.unroll.formats.files.NotUtf8Exception;
import dev.unroll.formats.files.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lines of a text on the command line, of a file or pipe, or of standard input: UTF-8, strictly,
 * each up to a line feed, whatever else stands in it.
 */
final class InputLines implements AutoCloseable {
    /** Lines handed out together when they come from a file or a pipe. */
    private static final int TOGETHER = 256;

    /** From here on down in a folder, or a name with an ending of text files. */
    private static final Pattern PATH =
            Pattern.compile(
                    "(?s)(\\.{1,2}|~)/.*|/\\S+|\\S+\\.(?i:txt|csv|tsv|jsonl|ndjson|json|conllu|md)");

    private final String name;
    private final InputStream bytes;
    private long read;

    private InputLines(String name, InputStream bytes) {
        this.name = name;
        this.bytes = new BufferedInputStream(bytes, 1 << 16);
    }

    /**
     * The input that an argument names: {@code -} for standard input, a file or pipe that is there,
     * else a text.
     *
     * @throws IllegalArgumentException if it is blank, a folder, or looks like the path of a file
     *     and there is none
     */
    static InputLines of(String what) throws IOException {
        if (what.isBlank()) {
            throw new IllegalArgumentException(
                    "the text is empty: give a text, a file with a text a line, or - for standard"
                            + " input");
        }
        if (what.equals("-")) {
            return new InputLines("standard input", System.in);
        }
        Optional<Path> file = path(what).filter(Files::exists);
        if (file.isPresent()) {
            if (Files.isDirectory(file.get())) {
                throw new IllegalArgumentException(
                        what + " is a folder; give a file with a text a line" + ifText());
            }
            // not Files.newInputStream, which cannot read a pipe
            return new InputLines(what, new FileInputStream(file.get().toFile()));
        }
        if (PATH.matcher(what).matches()) {
            throw new IllegalArgumentException("there is no file " + what + ifText());
        }
        return new InputLines(
                "text", new ByteArrayInputStream(what.getBytes(StandardCharsets.UTF_8)));
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

    /** The lines that are there already, at least one if any comes; none at the end. */
    List<String> next() throws IOException {
        List<String> some = new ArrayList<>();
        do {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            int next = bytes.read();
            if (next < 0) {
                break;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = bytes.read();
            }
            read++;
            try {
                some.add(Utf8.line(line.toByteArray(), read == 1));
            } catch (NotUtf8Exception e) {
                throw new IOException(
                        "%s, line %,d: %s; give text in UTF-8"
                                .formatted(name, read, e.getMessage()),
                        e);
            }
        } while (some.size() < TOGETHER && bytes.available() > 0);
        return some;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
