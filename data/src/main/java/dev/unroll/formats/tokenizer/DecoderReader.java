package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.Decoder;
import dev.unroll.text.pipeline.decode.WordPieceDecoder;

/** Reads the decoder of a {@code tokenizer.json}. */
final class DecoderReader {

    private DecoderReader() {}

    static Decoder read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "WordPiece" -> {
                place.allowOnly("type", "prefix", "cleanup");
                yield new WordPieceDecoder(place.at("prefix").string(), place.at("cleanup").bool());
            }
            case String other -> throw StepErrors.unknown(place, other, "WordPiece");
        };
    }
}
