package dev.unroll.faults.fuzz;

import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.tasks.embedding.TextEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Readers of the files that encoders of others consist of, each beside the others as they were. */
final class PretrainedTargets {
    private static final String CONFIG =
            """
            {"model_type": "bert", "vocab_size": 8, "hidden_size": 4, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 4, "max_position_embeddings": 12,
             "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12}
            """;
    private static final String MODULES =
            """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling",
              "type": "sentence_transformers.models.Pooling"},
             {"idx": 2, "name": "2", "path": "2_Normalize",
              "type": "sentence_transformers.models.Normalize"}]
            """;

    private PretrainedTargets() {}

    static List<Target> in(Path memory) throws IOException {
        Path folder = Files.createDirectories(memory.resolve("encoder"));
        Pretrained blank =
                Pretrained.blank(
                        ModelConfig.parse(CONFIG.getBytes(StandardCharsets.UTF_8), "config.json"));
        blank.save(blank.network(), folder);
        Map<String, String> texts =
                Map.of(
                        "vocab.txt",
                        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ntree\n##s\n",
                        "tokenizer_config.json",
                        "{\"do_lower_case\": true}",
                        "modules.json",
                        MODULES,
                        "1_Pooling/config.json",
                        "{\"word_embedding_dimension\": 4, \"pooling_mode_mean_tokens\": true}",
                        "sentence_bert_config.json",
                        "{\"max_seq_length\": 8, \"do_lower_case\": false}",
                        "config_sentence_transformers.json",
                        "{\"prompts\": {\"query\": \"a \"}, \"default_prompt_name\": null}");
        Files.createDirectories(folder.resolve("1_Pooling"));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(folder.resolve(text.getKey()), text.getValue());
        }
        List<Target> targets = new ArrayList<>();
        for (String name : new TreeSet<>(texts.keySet())) {
            targets.add(target("encoder/" + name, folder, name));
        }
        for (String name : List.of("config.json", "model.safetensors")) {
            targets.add(target("encoder/" + name, folder, name).share(4));
        }
        targets.add(shards(memory, folder));
        targets.add(merges(memory, folder));
        return targets;
    }

    /** The weights in a second file, which an index names. */
    private static Target shards(Path memory, Path encoder) throws IOException {
        Path folder = Files.createDirectories(memory.resolve("shards"));
        for (String name : List.of("config.json", "vocab.txt")) {
            Files.copy(encoder.resolve(name), folder.resolve(name));
        }
        String shard = "model-00001-of-00001.safetensors";
        Files.copy(encoder.resolve("model.safetensors"), folder.resolve(shard));
        String index =
                """
                {"metadata": {"total_size": 900},
                 "weight_map": {"embeddings.word_embeddings.weight": "%s",
                  "embeddings.LayerNorm.weight": "%s"}}
                """
                        .formatted(shard, shard);
        Files.writeString(folder.resolve("model.safetensors.index.json"), index);
        return target(
                        "encoder/model.safetensors.index.json",
                        folder,
                        "model.safetensors.index.json")
                .words("\"weight_map\"", shard, "../" + shard)
                .share(4);
    }

    /** A tokenizer of pairs of tokens, whose ids are in another file. */
    private static Target merges(Path memory, Path encoder) throws IOException {
        Path folder = Files.createDirectories(memory.resolve("merges"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(encoder.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("vocab.json"),
                "{\"<s>\": 0, \"</s>\": 1, \"a\": 2, \"t\": 3, \"r\": 4, \"e\": 5, \"tr\": 6}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nt r\n");
        return target("encoder/merges.txt", folder, "merges.txt")
                .words(" ", "\n", "tr e", "#version");
    }

    private static Target target(String name, Path folder, String changed) throws IOException {
        Path file = folder.resolve(changed);
        byte[] whole = Files.readAllBytes(file);
        ModelFiles files = ModelFiles.folder(folder);
        return Target.of(
                        name,
                        List.of(whole),
                        input -> {
                            Files.write(file, input);
                            try {
                                use(TextEncoder.load(files));
                            } finally {
                                Files.write(file, whole);
                            }
                        })
                .refusing(IllegalArgumentException.class, IOException.class)
                .share(1);
    }

    /** An encoder that was accepted gives a vector, or says what it lacks. */
    private static void use(TextEncoder encoder) {
        try {
            encoder.predict("a tree \u00e9 3!");
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("an error without a message", e);
            }
        }
    }
}
