package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.PreTokenizer;
import dev.unroll.text.pipeline.pretokenize.BertPreTokenizer;

/** Reads the pre-tokenizer of a {@code tokenizer.json}. */
final class PreTokenizerReader {

    private PreTokenizerReader() {}

    static PreTokenizer read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "BertPreTokenizer" -> {
                place.allowOnly("type");
                yield new BertPreTokenizer();
            }
            case String other -> throw StepErrors.unknown(place, other, "BertPreTokenizer");
        };
    }
}
