package dev.unroll.tasks.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new folder with the files that sentence-transformers keep around an encoder. */
final class EncoderFolder {
    private static final JsonMapper JSON = new JsonMapper();

    private EncoderFolder() {}

    /** The settings as sentence-transformers write them. */
    static void write(EncoderSettings settings, int width, Path folder) throws IOException {
        ArrayNode modules = JSON.createArrayNode();
        List<String> kinds = new ArrayList<>(List.of("Transformer", "Pooling"));
        if (settings.normalized()) {
            kinds.add("Normalize");
        }
        for (int i = 0; i < kinds.size(); i++) {
            String kind = kinds.get(i);
            modules.addObject()
                    .put("idx", i)
                    .put("name", String.valueOf(i))
                    .put("path", i == 0 ? "" : i + "_" + kind)
                    .put("type", "sentence_transformers.models." + kind);
        }
        ObjectNode pooling =
                JSON.createObjectNode()
                        .put("word_embedding_dimension", width)
                        .put("pooling_mode_cls_token", settings.pooling() == Pooling.FIRST)
                        .put("pooling_mode_mean_tokens", settings.pooling() == Pooling.MEAN)
                        .put("pooling_mode_lasttoken", settings.pooling() == Pooling.LAST);
        ObjectNode length = JSON.createObjectNode().put("max_seq_length", settings.longest());
        ObjectNode prompts = JSON.createObjectNode();
        settings.prompts().forEach(prompts.putObject("prompts")::put);
        if (!settings.prefix().isEmpty()) {
            ((ObjectNode) prompts.path("prompts")).put("default", settings.prefix());
            prompts.put("default_prompt_name", "default");
        }
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("modules.json"), modules.toPrettyString() + "\n");
        Files.writeString(folder.resolve("1_Pooling/config.json"), pooling.toPrettyString() + "\n");
        Files.writeString(
                folder.resolve("sentence_bert_config.json"), length.toPrettyString() + "\n");
        Files.writeString(
                folder.resolve("config_sentence_transformers.json"),
                prompts.toPrettyString() + "\n");
    }
}
