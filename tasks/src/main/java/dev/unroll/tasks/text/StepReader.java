package dev.unroll.tasks.text;

import java.util.List;
import java.util.function.Function;

/** Reads the steps around the model. */
final class StepReader {

    private StepReader() {}

    static Layout layout(Place root) {
        return new Layout(
                steps(root.at("normalizer"), "normalizers", StepReader::normalizer),
                steps(root.at("pre_tokenizer"), "pretokenizers", StepReader::preTokenizer),
                steps(root.at("decoder"), "decoders", StepReader::decoder));
    }

    /** No step, one, or a Sequence of them. */
    private static List<Step> steps(Place place, String plural, Function<Place, Step> one) {
        if (place.isAbsent()) {
            return List.of();
        }
        if (!place.at("type").string().equals("Sequence")) {
            return List.of(one.apply(place));
        }
        return place.at(plural).elements().stream().map(one).toList();
    }

    private static Step normalizer(Place place) {
        return switch (place.at("type").string()) {
            case "Lowercase" -> new Step.Lowercase();
            case "Prepend" -> new Step.Prepend(place.at("prepend").string());
            case String other -> throw unknown(place, other, "Lowercase, Prepend");
        };
    }

    private static Step preTokenizer(Place place) {
        return switch (place.at("type").string()) {
            case "ByteLevel" ->
                    new Step.ByteLevel(
                            place.at("add_prefix_space").bool(),
                            // Files from before this setting existed cut words as if it were true.
                            place.at("use_regex").isAbsent() || place.at("use_regex").bool());
            case "Split" ->
                    new Step.Split(
                            place.at("pattern").at("Regex").string(),
                            place.at("behavior").string(),
                            place.at("invert").bool());
            case String other -> throw unknown(place, other, "ByteLevel, Split");
        };
    }

    private static Step decoder(Place place) {
        return switch (place.at("type").string()) {
            case "ByteLevel" -> new Step.Bytes();
            case "Fuse" -> new Step.Fuse();
            case "Strip" ->
                    new Step.Strip(
                            place.at("content").string(),
                            place.at("start").integer(),
                            place.at("stop").integer());
            case String other -> throw unknown(place, other, "ByteLevel, Fuse, Strip");
        };
    }

    private static TokenizerFileException unknown(Place place, String type, String known) {
        return place.at("type")
                .error("is %s; known are %s".formatted(Place.shortened(type), known));
    }
}
