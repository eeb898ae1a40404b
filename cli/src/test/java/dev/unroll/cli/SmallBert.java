package dev.unroll.cli;

import dev.unroll.formats.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder of Hugging Face's form with an encoder of one layer whose weights are drawn. */
final class SmallBert {
    private static final int WIDTH = 8;
    private static final int LONGEST = 20;

    private SmallBert() {}

    /** Writes the files; the encoder knows these words alone. */
    static Path write(Path folder, String... words) throws IOException {
        List<String> tokens =
                Stream.concat(
                                List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]").stream(),
                                List.of(words).stream())
                        .toList();
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "bert", "hidden_size": %d, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": %d, "vocab_size": %d,
                 "max_position_embeddings": %d, "type_vocab_size": 2}
                """
                        .formatted(WIDTH, WIDTH, tokens.size(), LONGEST));
        Files.writeString(
                folder.resolve("tokenizer.json"),
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": {"type": "BertNormalizer", "clean_text": true,
                   "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3],
                   "cls": ["[CLS]", 2]},
                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                   "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                   "vocab": {%s}}}
                """
                        .formatted(
                                IntStream.range(0, tokens.size())
                                        .mapToObj(i -> "\"%s\": %d".formatted(tokens.get(i), i))
                                        .collect(Collectors.joining(", "))));
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        Random random = new Random(1);
        drawn(arrays, random, "embeddings.word_embeddings.weight", tokens.size(), WIDTH);
        drawn(arrays, random, "embeddings.position_embeddings.weight", LONGEST, WIDTH);
        drawn(arrays, random, "embeddings.token_type_embeddings.weight", 2, WIDTH);
        List<String> products =
                List.of(
                        "attention.self.query",
                        "attention.self.key",
                        "attention.self.value",
                        "attention.output.dense",
                        "intermediate.dense",
                        "output.dense");
        for (String product : products) {
            drawn(arrays, random, "encoder.layer.0." + product + ".weight", WIDTH, WIDTH);
            drawn(arrays, random, "encoder.layer.0." + product + ".bias", WIDTH);
        }
        for (String norm :
                List.of(
                        "embeddings.LayerNorm",
                        "encoder.layer.0.attention.output.LayerNorm",
                        "encoder.layer.0.output.LayerNorm")) {
            drawn(arrays, random, norm + ".weight", WIDTH);
            drawn(arrays, random, norm + ".bias", WIDTH);
        }
        new Safetensors(arrays, Map.of()).write(folder.resolve("model.safetensors"));
        return folder;
    }

    private static void drawn(
            Map<String, Safetensors.Array> arrays, Random random, String name, int... shape) {
        int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        arrays.put(name, new Safetensors.Array(shape, values));
    }
}
