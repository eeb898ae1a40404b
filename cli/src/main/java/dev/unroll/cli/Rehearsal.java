package dev.unroll.cli;

import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

    private static final String ENCODER =
            """
            {"model_type": "bert", "vocab_size": 7, "hidden_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 8, "max_position_embeddings": 12}
            """;

    /**
     * Asks for help, trains two tiny models of dates and translates with each, and embeds a text.
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("unroll-rehearsal");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try {
            require(nowhere, "--help"); // all commands
            for (String model : List.of(LSTM, TRANSFORMER)) {
                Path recipe = Files.writeString(folder.resolve("small.yaml"), DATA + model);
                String run = folder.resolve("run").toString();
                require(nowhere, "train", recipe.toString(), "--run=" + run);
                require(nowhere, "translate", run, "mardi 5 juin 2018");
                require(nowhere, "inspect", run);
                remove(Path.of(run));
            }
            require(nowhere, "embed", encoder(folder.resolve("encoder")).toString(), "a tree");
        } finally {
            remove(folder);
        }
    }

    private static Path encoder(Path folder) throws IOException {
        byte[] config = ENCODER.getBytes(StandardCharsets.UTF_8);
        Pretrained blank = Pretrained.blank(ModelConfig.parse(config, "config.json"));
        blank.save(blank.network(), folder);
        String tokens =
                """
                {"normalizer": {"type": "BertNormalizer"},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                  "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {"[UNK]": 0, "a": 1, "tree": 2}}}
                """;
        Files.writeString(folder.resolve("tokenizer.json"), tokens);
        return folder;
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
