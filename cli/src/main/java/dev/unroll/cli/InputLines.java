package dev.unroll.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lines of a text on the command line, of a file, or of standard input. */
record InputLines(String name, BufferedReader lines) implements AutoCloseable {
    /** Lines handed out together when they come from a file or a pipe. */
    private static final int TOGETHER = 256;

    /**
     * The input that an argument names: {@code -} for standard input, a file that is there, else a
     * text.
     */
    static InputLines of(String what) throws IOException {
        if (what.isBlank()) {
            throw new IllegalArgumentException(
                    "the text is empty: give a text, a file with a text a line, or - for standard"
                            + " input");
        }
        if (what.equals("-")) {
            return new InputLines(
                    "standard input",
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        try {
            if (Files.isRegularFile(Path.of(what))) {
                return new InputLines(what, Files.newBufferedReader(Path.of(what)));
            }
        } catch (InvalidPathException e) {
            // then it is a text
        }
        return new InputLines("text", new BufferedReader(new StringReader(what)));
    }

    /** The lines that are there already, at least one if any comes; none at the end. */
    List<String> next() throws IOException {
        try {
            return some();
        } catch (CharacterCodingException e) {
            throw new IOException(name + " is not a text in UTF-8; save it as UTF-8", e);
        }
    }

    private List<String> some() throws IOException {
        List<String> some = new ArrayList<>();
        do {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            some.add(line);
        } while (some.size() < TOGETHER && lines.ready());
        return some;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
