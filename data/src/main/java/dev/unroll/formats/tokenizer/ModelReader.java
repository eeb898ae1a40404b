package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.model.BytePairEncoding;
import dev.unroll.text.pipeline.model.BytePairOptions;
import dev.unroll.text.pipeline.model.TokenTable;
import dev.unroll.text.pipeline.model.Unigram;
import dev.unroll.text.pipeline.model.WordLevel;
import dev.unroll.text.pipeline.model.WordPiece;

/** Reads the model of a {@code tokenizer.json}. */
final class ModelReader {

    /** No token has an id of this size or more. */
    static final int LARGEST_ID = 1 << 24;

    /** Ids may leave gaps, but memory is taken for each of them: below this, whatever there is. */
    private static final int GAPS = 1 << 20;

    /** Above it, eight ids for each token that there is. */
    private static final long IDS_A_TOKEN = 8;

    private ModelReader() {}

    static SubwordModel read(PipelineDocument document) {
        JsonPath model = document.root().at("model");
        String type =
                model.at("type").isAbsent() ? oldType(document, model) : model.at("type").string();
        try {
            return switch (type) {
                case "WordPiece" -> wordPiece(document, model);
                case "BPE" -> bytePairs(document, model);
                case "Unigram" -> unigram(document, model);
                case "WordLevel" -> {
                    ids(document, model).allowOnly("type", "unk_token");
                    yield new WordLevel(
                            table(document.vocabulary()), model.at("unk_token").string());
                }
                case String other ->
                        throw StepErrors.unknown(
                                model, other, "BPE, Unigram, WordLevel, WordPiece");
            };
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw model.error("cannot be used: " + e.getMessage());
        }
    }

    /** Old files leave the type out; what they have says which it is. */
    private static String oldType(PipelineDocument document, JsonPath model) {
        if (document.isScored()) {
            return "Unigram";
        }
        if (!document.merges().isEmpty()) {
            return "BPE";
        }
        return model.at("continuing_subword_prefix").isAbsent() ? "WordLevel" : "WordPiece";
    }

    static TokenTable table(java.util.Map<String, Integer> vocabulary) {
        long limit = Math.clamp(IDS_A_TOKEN * vocabulary.size(), GAPS, LARGEST_ID);
        return new TokenTable(vocabulary, (int) limit);
    }

    /** A model whose vocabulary gives ids. */
    private static JsonPath ids(PipelineDocument document, JsonPath model) {
        if (document.isScored()) {
            throw model.error("lists its vocab; an object with ids is needed");
        }
        if (document.vocabulary().isEmpty()) {
            throw model.error("has no vocab");
        }
        return model;
    }

    private static SubwordModel bytePairs(PipelineDocument document, JsonPath model) {
        ids(document, model)
                .allowOnly(
                        "type",
                        "dropout",
                        "unk_token",
                        "continuing_subword_prefix",
                        "end_of_word_suffix",
                        "fuse_unk",
                        "byte_fallback",
                        "ignore_merges");
        JsonPath dropout = model.at("dropout");
        if (!dropout.isAbsent() && dropout.number() != 0) {
            throw dropout.error("is set; tokens are never left to chance, so null is needed");
        }
        return new BytePairEncoding(
                table(document.vocabulary()),
                document.merges(),
                new BytePairOptions(
                        model.at("unk_token").isAbsent() ? null : model.at("unk_token").string(),
                        text(model.at("continuing_subword_prefix")),
                        text(model.at("end_of_word_suffix")),
                        model.bool("fuse_unk", false),
                        model.bool("byte_fallback", false),
                        model.bool("ignore_merges", false)));
    }

    private static String text(JsonPath place) {
        return place.isAbsent() ? "" : place.string();
    }

    private static SubwordModel unigram(PipelineDocument document, JsonPath model) {
        model.allowOnly("type", "unk_id", "byte_fallback");
        if (!document.isScored()) {
            throw model.error("has no vocab of tokens with scores");
        }
        return new Unigram(
                document.pieces(),
                document.scores().stream().mapToDouble(Double::doubleValue).toArray(),
                model.at("unk_id").isAbsent() ? -1 : StepErrors.id(model.at("unk_id")),
                model.bool("byte_fallback", false));
    }

    private static SubwordModel wordPiece(PipelineDocument document, JsonPath model) {
        ids(document, model)
                .allowOnly(
                        "type",
                        "unk_token",
                        "continuing_subword_prefix",
                        "max_input_chars_per_word");
        return new WordPiece(
                table(document.vocabulary()),
                model.at("unk_token").string(),
                model.at("continuing_subword_prefix").string(),
                StepErrors.id(model.at("max_input_chars_per_word")));
    }
}
