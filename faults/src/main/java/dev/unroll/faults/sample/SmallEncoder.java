package dev.unroll.faults.sample;

import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An encoder of one layer with drawn weights, for trainings that begin with a pretrained one. */
final class SmallEncoder {
    private SmallEncoder() {}

    /** Writes its files. */
    static void write(Path folder, String[] words) throws IOException {
        String config =
                """
                {"model_type": "bert", "vocab_size": %d, "hidden_size": 8, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": 8, "max_position_embeddings": 16}
                """
                        .formatted(3 + words.length);
        Pretrained model =
                Pretrained.blank(
                        ModelConfig.parse(config.getBytes(StandardCharsets.UTF_8), "config.json"));
        Seed seed = new Seed(1);
        for (Map.Entry<String, Parameter> one : Parameters.of(model.network()).entrySet()) {
            Parameter drawn = seed.at(one.getKey()).normal(0.5, one.getValue().size());
            one.getValue().set(drawn.value().toArray());
        }
        model.save(model.network(), folder);
        Map<String, Integer> ids = new LinkedHashMap<>(Map.of("[UNK]", 0));
        ids.put("[CLS]", 1);
        ids.put("[SEP]", 2);
        Arrays.stream(words).forEach(word -> ids.put(word, ids.size()));
        String vocabulary =
                ids.entrySet().stream()
                        .map(entry -> "\"%s\": %d".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("tokenizer.json"),
                """
                {"normalizer": {"type": "BertNormalizer"},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2],
                  "cls": ["[CLS]", 1]},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                  "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {%s}}}
                """
                        .formatted(vocabulary));
    }
}
