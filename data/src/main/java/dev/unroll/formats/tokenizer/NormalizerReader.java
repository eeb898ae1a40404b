package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.Normalizer;
import dev.unroll.text.pipeline.normalize.AccentStripper;
import dev.unroll.text.pipeline.normalize.BertNormalizer;
import dev.unroll.text.pipeline.normalize.LowercaseNormalizer;
import dev.unroll.text.pipeline.normalize.UnicodeForm;

/** Reads the normalizer of a {@code tokenizer.json}. */
final class NormalizerReader {

    private NormalizerReader() {}

    static Normalizer read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "BertNormalizer" -> bert(place);
            case "NFC", "NFD", "NFKC", "NFKD" -> {
                place.allowOnly("type");
                yield new UnicodeForm(
                        java.text.Normalizer.Form.valueOf(place.at("type").string()));
            }
            case "Lowercase" -> {
                place.allowOnly("type");
                yield new LowercaseNormalizer();
            }
            case "StripAccents" -> {
                place.allowOnly("type");
                yield new AccentStripper();
            }
            case String other ->
                    throw StepErrors.unknown(
                            place,
                            other,
                            "BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents");
        };
    }

    private static Normalizer bert(JsonPath place) {
        place.allowOnly("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        boolean lowercase = place.bool("lowercase", true);
        return new BertNormalizer(
                place.bool("clean_text", true),
                place.bool("handle_chinese_chars", true),
                place.bool("strip_accents", lowercase),
                lowercase);
    }
}
