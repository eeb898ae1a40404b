package dev.unroll.tasks.embedding;

import dev.unroll.formats.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A BERT of one layer that adds nothing to its rows: a text's vector is the mean of random vectors
 * of its words, so texts with words in common are alike. The tests of the adapters have it, too.
 */
public final class MadeUpEncoder {
    /** Of its vectors. */
    public static final int WIDTH = 64;

    /** A text of more tokens is cut. */
    public static final int LONGEST = 40;

    private static final int INSIDE = 8;

    private MadeUpEncoder() {}

    /** Writes its files; the words that are not in the texts are unknown to it. */
    public static Path write(Path folder, String... texts) throws IOException {
        List<String> words = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        for (String text : texts) {
            for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
                if (!word.isEmpty() && !words.contains(word)) {
                    words.add(word);
                }
            }
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve("vocab.txt"), words);
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "bert", "vocab_size": %d, "hidden_size": %d,
                 "num_hidden_layers": 1, "num_attention_heads": 4, "intermediate_size": %d,
                 "max_position_embeddings": %d, "type_vocab_size": 2, "hidden_act": "gelu"}
                """
                        .formatted(words.size(), WIDTH, INSIDE, LONGEST));
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        Random random = new Random(1);
        Safetensors.Array rows = zeroes(words.size(), WIDTH);
        for (int i = 4 * WIDTH; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        arrays.put("embeddings.word_embeddings.weight", rows);
        arrays.put("embeddings.position_embeddings.weight", zeroes(LONGEST, WIDTH));
        arrays.put("embeddings.token_type_embeddings.weight", zeroes(2, WIDTH));
        norm(arrays, "embeddings.LayerNorm");
        String layer = "encoder.layer.0.";
        for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
            linear(arrays, layer + "attention." + part, WIDTH, WIDTH);
        }
        norm(arrays, layer + "attention.output.LayerNorm");
        linear(arrays, layer + "intermediate.dense", WIDTH, INSIDE);
        linear(arrays, layer + "output.dense", INSIDE, WIDTH);
        norm(arrays, layer + "output.LayerNorm");
        new Safetensors(arrays, Map.of()).write(folder.resolve("model.safetensors"));
        return folder;
    }

    private static void norm(Map<String, Safetensors.Array> arrays, String name) {
        Safetensors.Array ones = zeroes(WIDTH);
        Arrays.fill(ones.values(), 1);
        arrays.put(name + ".weight", ones);
        arrays.put(name + ".bias", zeroes(WIDTH));
    }

    private static void linear(
            Map<String, Safetensors.Array> arrays, String name, int in, int out) {
        arrays.put(name + ".weight", zeroes(out, in));
        arrays.put(name + ".bias", zeroes(out));
    }

    private static Safetensors.Array zeroes(int... shape) {
        return new Safetensors.Array(
                shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
    }
}
