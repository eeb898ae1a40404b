package dev.unroll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** A run, and texts for it. */
final class TextsForRun {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT|-|FILE",
            description = "A text, a file with a text a line, or - for standard input.")
    String what = "-";

    /** Hands out the texts, those together that are there already. */
    void forEachFew(Consumer<List<String>> taker) throws IOException {
        try (InputLines lines = InputLines.of(what)) {
            for (List<String> few = lines.next(); !few.isEmpty(); few = lines.next()) {
                taker.accept(few);
            }
        }
    }
}
