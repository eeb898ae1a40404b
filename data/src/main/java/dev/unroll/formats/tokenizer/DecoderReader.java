package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.Decoder;
import dev.unroll.text.pipeline.decode.ByteFallbackDecoder;
import dev.unroll.text.pipeline.decode.ByteLevelDecoder;
import dev.unroll.text.pipeline.decode.CtcDecoder;
import dev.unroll.text.pipeline.decode.DecoderSequence;
import dev.unroll.text.pipeline.decode.FuseDecoder;
import dev.unroll.text.pipeline.decode.MetaspaceDecoder;
import dev.unroll.text.pipeline.decode.ReplaceDecoder;
import dev.unroll.text.pipeline.decode.StripDecoder;
import dev.unroll.text.pipeline.decode.SuffixDecoder;
import dev.unroll.text.pipeline.decode.WordPieceDecoder;
import dev.unroll.text.pipeline.pretokenize.Metaspace;
import java.util.ArrayList;
import java.util.List;

/** Reads the decoder of a {@code tokenizer.json}. */
final class DecoderReader {

    private static final String KNOWN =
            "BPEDecoder, ByteFallback, ByteLevel, CTC, Fuse, Metaspace, Replace, Sequence, Strip,"
                    + " WordPiece";

    private DecoderReader() {}

    static Decoder read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "WordPiece" -> {
                place.allowOnly("type", "prefix", "cleanup");
                yield new WordPieceDecoder(place.at("prefix").string(), place.at("cleanup").bool());
            }
            case "ByteLevel" -> {
                place.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");
                yield new ByteLevelDecoder();
            }
            case "ByteFallback" -> {
                place.allowOnly("type");
                yield new ByteFallbackDecoder();
            }
            case "Fuse" -> {
                place.allowOnly("type");
                yield new FuseDecoder();
            }
            case "Strip" -> {
                place.allowOnly("type", "content", "start", "stop");
                yield new StripDecoder(
                        place.at("content").character(),
                        StepErrors.id(place.at("start")),
                        StepErrors.id(place.at("stop")));
            }
            case "Replace" -> {
                place.allowOnly("type", "pattern", "content");
                yield new ReplaceDecoder(
                        Patterns.read(place.at("pattern")), place.at("content").string());
            }
            case "Metaspace" ->
                    new MetaspaceDecoder(
                            place.at("replacement").character(),
                            PreTokenizerReader.prefix(place) != Metaspace.Prefix.NEVER);
            case "BPEDecoder" -> {
                place.allowOnly("type", "suffix");
                yield new SuffixDecoder(place.at("suffix").string());
            }
            case "CTC" -> {
                place.allowOnly("type", "pad_token", "word_delimiter_token", "cleanup");
                yield new CtcDecoder(
                        place.at("pad_token").string(),
                        place.at("word_delimiter_token").string(),
                        place.at("cleanup").bool());
            }
            case "Sequence" -> {
                place.allowOnly("type", "decoders");
                List<Decoder> steps = new ArrayList<>();
                for (JsonPath step : place.at("decoders").elements()) {
                    steps.add(read(step));
                }
                yield new DecoderSequence(steps);
            }
            case String other -> throw StepErrors.unknown(place, other, KNOWN);
        };
    }
}
