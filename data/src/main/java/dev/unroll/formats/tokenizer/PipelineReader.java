package dev.unroll.formats.tokenizer;

import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;

/** Reads the steps around the model. */
final class PipelineReader {

    private PipelineReader() {}

    static TokenizerPipeline layout(JsonPath root) {
        return new TokenizerPipeline(
                steps(root.at("normalizer"), "normalizers", PipelineReader::normalizer),
                steps(root.at("pre_tokenizer"), "pretokenizers", PipelineReader::preTokenizer),
                steps(root.at("decoder"), "decoders", PipelineReader::decoder));
    }

    /** No step, one, or a Sequence of them. */
    private static List<PipelineStep> steps(
            JsonPath place, String plural, Function<JsonPath, PipelineStep> one) {
        if (place.isAbsent()) {
            return List.of();
        }
        if (!place.at("type").string().equals("Sequence")) {
            return List.of(one.apply(place));
        }
        return place.at(plural).elements().stream().map(one).toList();
    }

    private static PipelineStep normalizer(JsonPath place) {
        return switch (place.at("type").string()) {
            case "NFC", "NFD", "NFKC", "NFKD" ->
                    new PipelineStep.Form(Normalizer.Form.valueOf(place.at("type").string()));
            case "Lowercase" -> new PipelineStep.Lowercase();
            case "Prepend" -> new PipelineStep.Prepend(place.at("prepend").string());
            case String other ->
                    throw unknown(place, other, "NFC, NFD, NFKC, NFKD, Lowercase, Prepend");
        };
    }

    private static PipelineStep preTokenizer(JsonPath place) {
        return switch (place.at("type").string()) {
            case "ByteLevel" ->
                    new PipelineStep.ByteLevel(
                            place.at("add_prefix_space").bool(),
                            // Files from before this setting existed cut words as if it were true.
                            place.at("use_regex").isAbsent() || place.at("use_regex").bool());
            case "Split" ->
                    new PipelineStep.Split(
                            place.at("pattern").at("Regex").string(),
                            place.at("behavior").string(),
                            place.at("invert").bool());
            case String other -> throw unknown(place, other, "ByteLevel, Split");
        };
    }

    private static PipelineStep decoder(JsonPath place) {
        return switch (place.at("type").string()) {
            case "ByteLevel" -> new PipelineStep.Bytes();
            case "Fuse" -> new PipelineStep.Fuse();
            case "Strip" ->
                    new PipelineStep.Strip(
                            place.at("content").string(),
                            place.at("start").integer(),
                            place.at("stop").integer());
            case String other -> throw unknown(place, other, "ByteLevel, Fuse, Strip");
        };
    }

    private static TokenizerFileException unknown(JsonPath place, String type, String known) {
        return place.at("type")
                .error("is %s; known are %s".formatted(JsonPath.shortened(type), known));
    }
}
