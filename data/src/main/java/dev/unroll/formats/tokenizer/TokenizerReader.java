package dev.unroll.formats.tokenizer;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.BytePairTokenizer.Merge;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.LeadingSpace;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the tokenizer in a {@code tokenizer.json}, and refuses whatever would make it another. */
final class TokenizerReader {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;

    TokenizerReader(Path file) {
        this.file = file;
    }

    Tokenizer read(byte[] bytes) {
        JsonPath root = new JsonPath(file.toString(), "", parse(bytes));
        if (root.node().isMissingNode()) {
            throw root.error("is empty; a tokenizer.json is needed");
        }
        for (String name : List.of("truncation", "padding")) {
            if (!root.at(name).isAbsent()) {
                throw root.at(name)
                        .error("is set; texts are never cut or padded, so null is needed");
            }
        }
        JsonPath postProcessor = root.at("post_processor");
        if (!postProcessor.isAbsent()
                && !postProcessor
                        .at("type")
                        .string()
                        .equals("ByteLevel")) { // that one adds nothing
            throw postProcessor.error("adds tokens to a text; null is needed");
        }
        TokenizerPipeline layout = PipelineReader.layout(root);
        JsonPath model = root.at("model");
        Vocabulary vocabulary = vocabulary(model.at("vocab"), root.at("added_tokens"));
        unknownToken(model.at("unk_token"));
        try {
            return switch (type(model)) {
                case "BPE" -> bytePairs(root, layout, model, vocabulary);
                case "WordLevel" -> wordLevel(root, layout, vocabulary);
                case String other ->
                        throw model.at("type")
                                .error(other + " is not known; BPE and WordLevel are");
            };
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": model: " + e.getMessage(), e);
        }
    }

    private JsonNode parse(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new TokenizerFileException(
                    "%s: line %d, column %d: not JSON as it should be (cut off or damaged?): %s"
                            .formatted(
                                    file,
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                                    JsonPath.shortened(e.getOriginalMessage())),
                    e);
        }
    }

    /** Old files leave the type out; then a model with merges is byte-pair encoding. */
    private static String type(JsonPath model) {
        if (!model.at("type").isAbsent()) {
            return model.at("type").string();
        }
        return model.at("merges").isAbsent() ? "WordLevel" : "BPE";
    }

    private static void unknownToken(JsonPath unknown) {
        if (!unknown.isAbsent() && !unknown.string().equals(Vocabulary.UNKNOWN)) {
            throw unknown.error("is not " + Vocabulary.UNKNOWN);
        }
    }

    private Tokenizer bytePairs(
            JsonPath root, TokenizerPipeline layout, JsonPath model, Vocabulary vocabulary) {
        for (String name : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
            JsonPath setting = model.at(name);
            boolean empty = setting.node().isString() && setting.string().isEmpty();
            if (!setting.isAbsent() && !empty) {
                throw setting.error("is set; null is needed");
            }
        }
        for (String name : List.of("byte_fallback", "ignore_merges")) {
            if (!model.at(name).isAbsent() && model.at(name).bool()) {
                throw model.at(name).error("is true; false is needed");
            }
        }
        List<Merge> merges = new ArrayList<>();
        for (JsonPath merge : model.at("merges").elements()) {
            merges.add(merge(merge, vocabulary));
        }
        for (Normalization normalization : Normalization.values()) {
            for (LeadingSpace space : LeadingSpace.values()) {
                if (layout.equals(TokenizerPipeline.bytePairs(normalization, space))) {
                    return new BytePairTokenizer(vocabulary, merges, normalization, space);
                }
            }
        }
        throw unlike(
                root, layout, TokenizerPipeline.bytePairs(Normalization.NONE, LeadingSpace.ADDED));
    }

    /** A pair, written {@code ["a", "b"]} or, in older files, {@code "a b"}. */
    private static Merge merge(JsonPath place, Vocabulary vocabulary) {
        Merge merge;
        if (place.node().isString()) {
            String[] parts = place.string().split(" ", -1);
            if (parts.length != 2) {
                throw place.error("is not two tokens with a space between them");
            }
            merge = new Merge(parts[0], parts[1]);
        } else {
            List<JsonPath> parts = place.elements();
            if (parts.size() != 2) {
                throw place.error("has %d tokens; two are needed".formatted(parts.size()));
            }
            merge = new Merge(parts.get(0).string(), parts.get(1).string());
        }
        for (String token : List.of(merge.left(), merge.right(), merge.joined())) {
            if (!vocabulary.contains(token)) {
                throw place.error(
                        "joins '%s' and '%s', but '%s' is not in the vocabulary"
                                .formatted(
                                        JsonPath.shortened(merge.left()),
                                        JsonPath.shortened(merge.right()),
                                        JsonPath.shortened(token)));
            }
        }
        return merge;
    }

    private Tokenizer wordLevel(JsonPath root, TokenizerPipeline layout, Vocabulary vocabulary) {
        for (Normalization normalization : Normalization.values()) {
            if (layout.equals(TokenizerPipeline.words(normalization))) {
                return new WordTokenizer(vocabulary, normalization);
            }
            if (layout.equals(TokenizerPipeline.characters(normalization))) {
                return new CharacterTokenizer(vocabulary, normalization);
            }
        }
        throw unlike(root, layout, TokenizerPipeline.words(Normalization.NONE));
    }

    private static TokenizerFileException unlike(
            JsonPath root, TokenizerPipeline found, TokenizerPipeline wanted) {
        return root.error(
                "has steps that no tokenizer here takes: %s; words, for example, would be %s"
                        .formatted(found, wanted));
    }

    /** The tokens in the order of their ids, which run from 0 without holes. */
    private static Vocabulary vocabulary(JsonPath vocab, JsonPath added) {
        Map<String, JsonPath> ids = new LinkedHashMap<>();
        for (Map.Entry<String, JsonPath> entry : vocab.entries()) {
            ids.put(entry.getKey(), entry.getValue());
        }
        if (!added.isAbsent()) {
            for (JsonPath token : added.elements()) {
                JsonPath id = token.at("id");
                String content = token.at("content").string();
                if (Vocabulary.SPECIALS.indexOf(content) != id.integer()) {
                    throw token.error(
                            "'%s' has the id %d; only %s are known, with the ids 0, 1, 2"
                                    .formatted(
                                            JsonPath.shortened(content),
                                            id.integer(),
                                            Vocabulary.SPECIALS));
                }
                ids.putIfAbsent(content, id);
            }
        }
        String[] tokens = new String[ids.size()];
        ids.forEach(
                (token, place) -> {
                    int id = place.integer();
                    if (id < 0 || id >= tokens.length) {
                        throw place.error(
                                "is %d; %d tokens have the ids 0 to %d, without holes"
                                        .formatted(id, tokens.length, tokens.length - 1));
                    }
                    if (tokens[id] != null) {
                        throw place.error(
                                "is %d, as is that of '%s'"
                                        .formatted(id, JsonPath.shortened(tokens[id])));
                    }
                    tokens[id] = token;
                });
        try {
            return new Vocabulary(Arrays.asList(tokens));
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(
                    vocab.file() + ": " + vocab.path() + ": " + e.getMessage(), e);
        }
    }
}
