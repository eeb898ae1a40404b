package dev.unroll.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does once, in small, what the command does: the launcher runs it after a build, so that Java
 * keeps the classes it has loaded in an archive, and every later command starts sooner.
 */
final class Rehearsal {
    private Rehearsal() {}

    private static final String DATA =
            """
            task: translate
            data:
              set: dates
              examples: 200
              heldOut: 20
            training:
              epochs: 1
            """;

    private static final String LSTM =
            """
            tokenizer:
              kind: characters
            model:
              kind: lstm
              width: 32
              hidden: 32
              bidirectional: true
              attention: general
            """;

    private static final String TRANSFORMER =
            """
            tokenizer:
              kind: byte-pair
              vocabulary: 300
              lowercase: true
            model:
              kind: transformer
              width: 32
              heads: 2
              feedForward: 64
            decoding:
              beam: 2
            """;

    /** Trains two tiny models of dates and translates with each. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("unroll-rehearsal");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try {
            for (String model : List.of(LSTM, TRANSFORMER)) {
                Path recipe = Files.writeString(folder.resolve("small.yaml"), DATA + model);
                String run = folder.resolve("run").toString();
                require(nowhere, "train", recipe.toString(), "--run=" + run);
                require(nowhere, "translate", run, "mardi 5 juin 2018");
                require(nowhere, "inspect", run);
                remove(Path.of(run));
            }
        } finally {
            remove(folder);
        }
    }

    private static void require(PrintStream out, String... command) {
        int exitCode = Unroll.run(out, out, command);
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "the rehearsal of '%s' failed with exit code %d"
                            .formatted(String.join(" ", command), exitCode));
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
