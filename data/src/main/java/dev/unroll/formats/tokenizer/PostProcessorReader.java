package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.PostProcessor;
import dev.unroll.text.pipeline.postprocess.BertProcessing;
import dev.unroll.text.pipeline.postprocess.ByteLevelTrimming;
import dev.unroll.text.pipeline.postprocess.PostProcessorSequence;
import dev.unroll.text.pipeline.postprocess.RobertaProcessing;
import dev.unroll.text.pipeline.postprocess.TemplateProcessing;
import dev.unroll.text.pipeline.postprocess.TemplateProcessing.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the post-processor of a {@code tokenizer.json}. */
final class PostProcessorReader {

    private static final String KNOWN =
            "BertProcessing, ByteLevel, RobertaProcessing, Sequence, TemplateProcessing";

    private PostProcessorReader() {}

    static PostProcessor read(JsonPath place) {
        return switch (place.at("type").string()) {
            case "TemplateProcessing" -> template(place);
            case "BertProcessing" -> {
                place.allowOnly("type", "sep", "cls");
                yield new BertProcessing(token(place.at("cls")), token(place.at("sep")));
            }
            case "RobertaProcessing" -> {
                place.allowOnly("type", "sep", "cls", "trim_offsets", "add_prefix_space");
                yield new RobertaProcessing(
                        token(place.at("cls")),
                        token(place.at("sep")),
                        place.bool("trim_offsets", true),
                        place.bool("add_prefix_space", true));
            }
            case "ByteLevel" -> {
                place.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex");
                yield new ByteLevelTrimming(
                        place.at("trim_offsets").bool(), place.at("add_prefix_space").bool());
            }
            case "Sequence" -> {
                place.allowOnly("type", "processors");
                List<PostProcessor> steps = new ArrayList<>();
                for (JsonPath step : place.at("processors").elements()) {
                    steps.add(read(step));
                }
                yield new PostProcessorSequence(steps);
            }
            case String other -> throw StepErrors.unknown(place, other, KNOWN);
        };
    }

    /** A token with its id, of which only the id counts. */
    private static int token(JsonPath place) {
        List<JsonPath> parts = place.elements();
        if (parts.size() != 2) {
            throw place.error(
                    "has %d members; a token and its id are needed".formatted(parts.size()));
        }
        return StepErrors.id(parts.get(1));
    }

    private static PostProcessor template(JsonPath place) {
        Map<String, List<Integer>> tokens = new HashMap<>();
        for (Map.Entry<String, JsonPath> entry : place.at("special_tokens").entries()) {
            List<Integer> ids = new ArrayList<>();
            for (JsonPath id : entry.getValue().at("ids").elements()) {
                ids.add(StepErrors.id(id));
            }
            tokens.put(entry.getKey(), ids);
        }
        try {
            return new TemplateProcessing(
                    parts(place.at("single"), tokens), parts(place.at("pair"), tokens));
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw place.error("does not work: " + e.getMessage());
        }
    }

    private static List<Part> parts(JsonPath place, Map<String, List<Integer>> tokens) {
        List<Part> parts = new ArrayList<>();
        for (JsonPath part : place.elements()) {
            JsonPath text = part.at("Sequence");
            JsonPath token = part.at("SpecialToken");
            if (!text.isAbsent()) {
                parts.add(
                        switch (text.at("id").string()) {
                            case "A" -> new TemplateProcessing.Text(false, type(text));
                            case "B" -> new TemplateProcessing.Text(true, type(text));
                            default -> throw text.at("id").error("is neither A nor B");
                        });
            } else if (!token.isAbsent()) {
                List<Integer> ids = tokens.get(token.at("id").string());
                if (ids == null) {
                    throw token.at("id").error("is not among the template's special_tokens");
                }
                parts.add(new TemplateProcessing.Tokens(ids, type(token)));
            } else {
                throw part.error("is neither a Sequence nor a SpecialToken");
            }
        }
        return parts;
    }

    private static int type(JsonPath part) {
        return StepErrors.id(part.at("type_id"));
    }
}
