package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.Normalizer;
import dev.unroll.text.pipeline.normalize.AccentStripper;
import dev.unroll.text.pipeline.normalize.BertNormalizer;
import dev.unroll.text.pipeline.normalize.ByteLevelNormalizer;
import dev.unroll.text.pipeline.normalize.CharacterMap;
import dev.unroll.text.pipeline.normalize.LowercaseNormalizer;
import dev.unroll.text.pipeline.normalize.NmtNormalizer;
import dev.unroll.text.pipeline.normalize.NormalizerSequence;
import dev.unroll.text.pipeline.normalize.PrecompiledNormalizer;
import dev.unroll.text.pipeline.normalize.PrependNormalizer;
import dev.unroll.text.pipeline.normalize.ReplaceNormalizer;
import dev.unroll.text.pipeline.normalize.StripNormalizer;
import dev.unroll.text.pipeline.normalize.UnicodeForm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the normalizer of a {@code tokenizer.json}. */
final class NormalizerReader {

    private static final String KNOWN =
            "BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled,"
                    + " Prepend, Replace, Sequence, Strip, StripAccents";

    private NormalizerReader() {}

    static Normalizer read(JsonPath place) {
        String type = place.at("type").string();
        return switch (type) {
            case "BertNormalizer" -> bert(place);
            case "NFC", "NFD", "NFKC", "NFKD" -> {
                place.allowOnly("type");
                yield new UnicodeForm(java.text.Normalizer.Form.valueOf(type));
            }
            case "Lowercase" -> {
                place.allowOnly("type");
                yield new LowercaseNormalizer();
            }
            case "StripAccents" -> {
                place.allowOnly("type");
                yield new AccentStripper();
            }
            case "Nmt" -> {
                place.allowOnly("type");
                yield new NmtNormalizer();
            }
            case "ByteLevel" -> {
                place.allowOnly("type");
                yield new ByteLevelNormalizer();
            }
            case "Strip" -> {
                place.allowOnly("type", "strip_left", "strip_right");
                yield new StripNormalizer(
                        place.at("strip_left").bool(), place.at("strip_right").bool());
            }
            case "Prepend" -> {
                place.allowOnly("type", "prepend");
                yield new PrependNormalizer(place.at("prepend").string());
            }
            case "Replace" -> {
                place.allowOnly("type", "pattern", "content");
                yield new ReplaceNormalizer(
                        Patterns.read(place.at("pattern")), place.at("content").string());
            }
            case "Precompiled" -> precompiled(place);
            case "Sequence" -> sequence(place);
            case String other -> throw StepErrors.unknown(place, other, KNOWN);
        };
    }

    private static Normalizer sequence(JsonPath place) {
        place.allowOnly("type", "normalizers");
        List<Normalizer> steps = new ArrayList<>();
        for (JsonPath step : place.at("normalizers").elements()) {
            steps.add(read(step));
        }
        return new NormalizerSequence(steps);
    }

    private static Normalizer precompiled(JsonPath place) {
        place.allowOnly("type", "precompiled_charsmap");
        JsonPath table = place.at("precompiled_charsmap");
        try {
            return new PrecompiledNormalizer(
                    new CharacterMap(Base64.getDecoder().decode(table.string())));
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw table.error("cannot be read: " + e.getMessage());
        }
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
