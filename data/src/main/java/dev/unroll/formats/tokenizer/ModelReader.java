package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.model.TokenTable;
import dev.unroll.text.pipeline.model.WordPiece;

/** Reads the model of a {@code tokenizer.json}. */
final class ModelReader {

    /** Ids may leave gaps, but not more than that. */
    static final int LARGEST_ID = 1 << 24;

    private ModelReader() {}

    static SubwordModel read(PipelineDocument document) {
        JsonPath model = document.root().at("model");
        String type = model.at("type").isAbsent() ? oldType(document, model) : model.at("type").string();
        try {
            return switch (type) {
                case "WordPiece" -> wordPiece(document, model);
                case String other -> throw StepErrors.unknown(model, other, "WordPiece");
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
        return new TokenTable(vocabulary, LARGEST_ID);
    }

    private static SubwordModel wordPiece(PipelineDocument document, JsonPath model) {
        model.allowOnly(
                "type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word");
        return new WordPiece(
                table(document.vocabulary()),
                model.at("unk_token").string(),
                model.at("continuing_subword_prefix").string(),
                StepErrors.id(model.at("max_input_chars_per_word")));
    }
}
