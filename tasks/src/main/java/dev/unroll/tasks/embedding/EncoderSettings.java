package dev.unroll.tasks.embedding;

import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.TokenizerLocation;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is done around an encoder, as the files of sentence-transformers say it.
 *
 * @param pooling from rows to one vector
 * @param normalized whether vectors are divided by their length
 * @param longest the most tokens of a text, with special ones; a longer text is cut
 * @param prompts texts to be put before others, by what these are for, such as {@code query}
 * @param prefix put before every text
 */
public record EncoderSettings(
        Pooling pooling,
        boolean normalized,
        int longest,
        Map<String, String> prompts,
        String prefix) {
    private static final String LETTERS = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z";
    private static final Pattern FOLDER = Pattern.compile("(?!\\.+$)[\\w. -]+");
    private static final String MODULES = "modules.json";
    private static final String LENGTH = "sentence_bert_config.json";
    private static final String PROMPTS = "config_sentence_transformers.json";

    /** Copies the prompts, in the order of their names. */
    public EncoderSettings {
        prompts = Collections.unmodifiableMap(new TreeMap<>(prompts));
        if (longest < 1) {
            throw new IllegalArgumentException(
                    "the longest text has a token at least, not " + longest);
        }
    }

    /** Mean pooling, vectors of length 1, texts of any length, no prefix. */
    public static EncoderSettings standard() {
        return new EncoderSettings(Pooling.MEAN, true, Integer.MAX_VALUE, Map.of(), "");
    }

    /** {@return the same with another pooling} */
    public EncoderSettings with(Pooling other) {
        return new EncoderSettings(other, normalized, longest, prompts, prefix);
    }

    /** {@return the same, with or without dividing vectors by their length} */
    public EncoderSettings normalized(boolean other) {
        return new EncoderSettings(pooling, other, longest, prompts, prefix);
    }

    /** {@return the same with texts of at most so many tokens} */
    public EncoderSettings upTo(int tokens) {
        return new EncoderSettings(pooling, normalized, tokens, prompts, prefix);
    }

    /** {@return the same with another text before every text} */
    public EncoderSettings prefixed(String other) {
        return new EncoderSettings(pooling, normalized, longest, prompts, other);
    }

    /** {@return the same with a text for a purpose, such as {@code query}} */
    public EncoderSettings prompting(String purpose, String text) {
        Map<String, String> all = new LinkedHashMap<>(prompts);
        all.put(purpose, text);
        return new EncoderSettings(pooling, normalized, longest, all, prefix);
    }

    /** {@return what stands before a text of a purpose: its prompt, or else the prefix of all} */
    String before(String purpose) {
        return prompts.getOrDefault(purpose, prefix);
    }

    /**
     * Reads what a model's files say: {@code modules.json}, {@code 1_Pooling/config.json}, {@code
     * sentence_bert_config.json} and {@code config_sentence_transformers.json}. Where there are
     * none, it is {@link #standard}.
     *
     * @throws PretrainedException if a file is damaged, or asks for something that is not known
     * @throws IOException if a file cannot be read
     */
    public static EncoderSettings read(ModelFiles files) throws IOException {
        EncoderSettings settings = standard();
        if (files.has(MODULES)) {
            settings = modules(files, settings.normalized(false));
        } else if (files.has("1_Pooling/config.json")) {
            settings = settings.with(pooling(config(files, "1_Pooling/config.json")));
        }
        if (files.has(LENGTH)) {
            ModelConfig config = config(files, LENGTH);
            settings = settings.upTo(config.count("max_seq_length", Integer.MAX_VALUE));
            if (config.flag("do_lower_case", false)) {
                requireLowerCase(TokenizerLocation.read(files), config);
            }
        }
        if (files.has(PROMPTS)) {
            ModelConfig config = config(files, PROMPTS);
            for (Map.Entry<String, JsonNode> prompt : config.json().path("prompts").properties()) {
                settings = settings.prompting(prompt.getKey(), prompt.getValue().asString(""));
            }
            String used = config.text("default_prompt_name", "");
            settings = settings.prefixed(settings.prompts.getOrDefault(used, ""));
        }
        return settings;
    }

    private static EncoderSettings modules(ModelFiles files, EncoderSettings before)
            throws IOException {
        EncoderSettings settings = before;
        try {
            boolean pools = false;
            for (JsonNode module : new JsonMapper().readTree(files.read(MODULES))) {
                String type = module.path("type").asString("");
                String kind = type.substring(type.lastIndexOf('.') + 1);
                switch (kind) {
                    case "Transformer" -> {}
                    case "Normalize" -> settings = settings.normalized(true);
                    case "Pooling" -> {
                        String path = module.path("path").asString("");
                        if (!FOLDER.matcher(path).matches()) {
                            throw new PretrainedException(
                                    "%s: %s: '%s' is no folder beside it"
                                            .formatted(files.from(), MODULES, path));
                        }
                        settings = settings.with(pooling(config(files, path + "/config.json")));
                        pools = true;
                    }
                    default ->
                            throw new PretrainedException(
                                    ("%s: %s names a module '%s'; known are Transformer, Pooling and"
                                                    + " Normalize")
                                            .formatted(files.from(), MODULES, type));
                }
            }
            if (!pools) {
                throw new PretrainedException(
                        ("%s: %s names no module 'Pooling', which makes one vector of a text's"
                                        + " rows; without the file it is their mean")
                                .formatted(files.from(), MODULES));
            }
        } catch (JacksonException e) {
            throw new PretrainedException(
                    "%s: %s is not JSON: %s"
                            .formatted(files.from(), MODULES, e.getOriginalMessage()));
        }
        return settings;
    }

    /** Requires a tokenizer that makes lower case itself, which changes nothing then. */
    private static void requireLowerCase(TextPipeline tokenizer, ModelConfig config) {
        if (!Arrays.equals(
                tokenizer.encode(LETTERS).ids(),
                tokenizer.encode(LETTERS.toLowerCase(Locale.ROOT)).ids())) {
            throw new PretrainedException(
                    config.from()
                            + ": do_lower_case is true, and the tokenizer keeps upper case; give"
                            + " texts in lower case, and set it to false");
        }
    }

    private static Pooling pooling(ModelConfig config) {
        if (!config.flag("include_prompt", true)) {
            throw new PretrainedException(
                    config.from()
                            + ": include_prompt is false, and allowed is true: the tokens of a prompt"
                            + " are pooled with the others");
        }
        Optional<String> named =
                config.has("pooling_mode")
                        ? Optional.of(config.text("pooling_mode", ""))
                        : Optional.empty();
        boolean mean = config.flag("pooling_mode_mean_tokens", false);
        boolean first = config.flag("pooling_mode_cls_token", false);
        boolean last = config.flag("pooling_mode_lasttoken", false);
        boolean others =
                config.flag("pooling_mode_max_tokens", false)
                        || config.flag("pooling_mode_mean_sqrt_len_tokens", false)
                        || config.flag("pooling_mode_weightedmean_tokens", false);
        String mode =
                named.orElseGet(
                        () ->
                                others || (mean ? 1 : 0) + (first ? 1 : 0) + (last ? 1 : 0) != 1
                                        ? "another"
                                        : mean ? "mean" : first ? "cls" : "lasttoken");
        return switch (mode) {
            case "mean" -> Pooling.MEAN;
            case "cls" -> Pooling.FIRST;
            case "lasttoken" -> Pooling.LAST;
            default ->
                    throw new PretrainedException(
                            config.from()
                                    + ": its pooling is not known; known is one of the mean of the"
                                    + " tokens, the first ([CLS]) and the last");
        };
    }

    private static ModelConfig config(ModelFiles files, String name) throws IOException {
        return ModelConfig.parse(files.read(name), files.from() + ": " + name);
    }
}
