package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.AddedToken;
import dev.unroll.text.pipeline.Padding;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.Truncation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the added tokens, the truncation and the padding of a {@code tokenizer.json}. */
final class AddedTokenReader {

    private AddedTokenReader() {}

    /**
     * The added tokens; one that the model has takes the model's id, as Hugging Face's library has
     * it.
     */
    static List<AddedToken> read(JsonPath place, SubwordModel model) {
        List<AddedToken> tokens = new ArrayList<>();
        if (place.isAbsent()) {
            return tokens;
        }
        Map<String, Integer> ids = new HashMap<>();
        int largest = -1;
        for (JsonPath one : place.elements()) {
            one.allowOnly(
                    "id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
            String content = one.at("content").string();
            if (content.isEmpty()) {
                throw one.at("content").error("is empty");
            }
            int id = StepErrors.id(one.at("id"));
            int own = model.id(content).orElse(Math.max(largest + 1, model.size()));
            if (own != id) {
                throw one.at("id")
                        .error(
                                "is %d; Hugging Face's library takes this token for %d, by the model or as the next"
                                        .formatted(id, own));
            }
            largest = Math.max(largest, id);
            if (id >= ModelReader.LARGEST_ID) {
                throw one.at("id")
                        .error("is %d; ids are below %d".formatted(id, ModelReader.LARGEST_ID));
            }
            if (ids.put(content, id) != null) {
                throw one.at("content").error("stands there twice");
            }
            boolean special = one.bool("special", false);
            tokens.add(
                    new AddedToken(
                            content,
                            id,
                            one.bool("single_word", false),
                            one.bool("lstrip", false),
                            one.bool("rstrip", false),
                            one.bool("normalized", !special),
                            special));
        }
        return tokens;
    }

    static @Nullable Truncation truncation(JsonPath place) {
        if (place.isAbsent()) {
            return null;
        }
        place.allowOnly("direction", "max_length", "strategy", "stride");
        Truncation.Strategy strategy =
                switch (place.at("strategy").string()) {
                    case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
                    case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
                    case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
                    case String other ->
                            throw place.at("strategy")
                                    .error(
                                            "is %s; known are LongestFirst, OnlyFirst, OnlySecond"
                                                    .formatted(JsonPath.shortened(other)));
                };
        return new Truncation(
                StepErrors.id(place.at("max_length")), strategy, side(place.at("direction")));
    }

    private static Truncation.Side side(JsonPath place) {
        if (place.isAbsent()) {
            return Truncation.Side.RIGHT;
        }
        return switch (place.string()) {
            case "Left" -> Truncation.Side.LEFT;
            case "Right" -> Truncation.Side.RIGHT;
            default -> throw place.error("is neither Left nor Right");
        };
    }

    static @Nullable Padding padding(JsonPath place) {
        if (place.isAbsent()) {
            return null;
        }
        JsonPath strategy = place.at("strategy");
        OptionalInt length = OptionalInt.empty();
        if (strategy.node().isObject()) {
            length = OptionalInt.of(StepErrors.id(strategy.at("Fixed")));
        } else if (!strategy.string().equals("BatchLongest")) {
            throw strategy.error("is neither BatchLongest nor a Fixed length");
        }
        JsonPath multiple = place.at("pad_to_multiple_of");
        return new Padding(
                length,
                multiple.isAbsent() ? 1 : Math.max(1, StepErrors.id(multiple)),
                side(place.at("direction")) == Truncation.Side.LEFT,
                StepErrors.id(place.at("pad_id")),
                StepErrors.id(place.at("pad_type_id")),
                place.at("pad_token").string());
    }
}
