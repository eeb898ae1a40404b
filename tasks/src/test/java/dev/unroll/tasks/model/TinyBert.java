package dev.unroll.tasks.model;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.nn.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A folder of Hugging Face's form with a small encoder whose weights are drawn. */
public final class TinyBert {
    private static final int WIDTH = 8;
    private static final int INSIDE = 12;
    private static final int LAYERS = 2;
    private static final int LONGEST = 40;
    private static final List<String> TOKENS = tokens();

    private TinyBert() {}

    /** Writes the files into a folder and returns it. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "bert", "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": 2, "intermediate_size": %d, "vocab_size": %d,
                 "max_position_embeddings": %d, "type_vocab_size": 2}
                """
                        .formatted(WIDTH, LAYERS, INSIDE, TOKENS.size(), LONGEST));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        put(arrays, "embeddings.word_embeddings.weight", TOKENS.size(), WIDTH);
        put(arrays, "embeddings.position_embeddings.weight", LONGEST, WIDTH);
        put(arrays, "embeddings.token_type_embeddings.weight", 2, WIDTH);
        norm(arrays, "embeddings.LayerNorm");
        for (int l = 0; l < LAYERS; l++) {
            String layer = "encoder.layer." + l + ".";
            for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
                linear(arrays, layer + "attention." + part, WIDTH, WIDTH);
            }
            norm(arrays, layer + "attention.output.LayerNorm");
            linear(arrays, layer + "intermediate.dense", WIDTH, INSIDE);
            linear(arrays, layer + "output.dense", INSIDE, WIDTH);
            norm(arrays, layer + "output.LayerNorm");
        }
        new Safetensors(arrays, Map.of()).write(folder.resolve("model.safetensors"));
        return folder;
    }

    /** {@return the tokens in the order of their ids, as a vocab.txt has them} */
    public static List<String> vocabulary() {
        return TOKENS;
    }

    private static void linear(
            Map<String, Safetensors.Array> arrays, String name, int in, int out) {
        put(arrays, name + ".weight", out, in);
        put(arrays, name + ".bias", out);
    }

    private static void norm(Map<String, Safetensors.Array> arrays, String name) {
        put(arrays, name + ".weight", WIDTH);
        put(arrays, name + ".bias", WIDTH);
    }

    private static void put(Map<String, Safetensors.Array> arrays, String name, int... shape) {
        float[] values = new Seed(1).at(name).normal(0.5, shape).value().toArray();
        arrays.put(name, new Safetensors.Array(shape, values));
    }

    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"));
        "abcdefghijklmnopqrstuvwxyz0123456789.,!?'-"
                .chars()
                .mapToObj(Character::toString)
                .forEach(
                        letter -> {
                            tokens.add(letter);
                            tokens.add("##" + letter);
                        });
        return List.copyOf(tokens);
    }

    private static String tokenizer() {
        String vocabulary =
                IntStream.range(0, TOKENS.size())
                        .mapToObj(i -> "\"%s\": %d".formatted(TOKENS.get(i), i))
                        .collect(Collectors.joining(", "));
        String added =
                IntStream.range(0, 4)
                        .mapToObj(
                                i ->
                                        """
                                        {"id": %d, "content": "%s", "single_word": false,
                                         "lstrip": false, "rstrip": false, "normalized": false,
                                         "special": true}
                                        """
                                                .formatted(i, TOKENS.get(i)))
                        .collect(Collectors.joining(", "));
        return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [%s],
         "normalizer": {"type": "BertNormalizer", "clean_text": true,
           "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "post_processor": {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
             {"Sequence": {"id": "A", "type_id": 0}},
             {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
           "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
             {"Sequence": {"id": "A", "type_id": 0}},
             {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
             {"Sequence": {"id": "B", "type_id": 1}},
             {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
           "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
             "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
         "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
         "model": {"type": "WordPiece", "unk_token": "[UNK]",
           "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
           "vocab": {%s}}}
        """
                .formatted(added, vocabulary);
    }
}
