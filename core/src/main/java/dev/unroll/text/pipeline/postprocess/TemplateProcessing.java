package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts texts and special tokens behind each other as a template says.
 *
 * @param single template for one text
 * @param pair template for two
 */
public record TemplateProcessing(List<Part> single, List<Part> pair) implements PostProcessor {

    /** A part of a template. */
    public sealed interface Part {}

    /**
     * A text.
     *
     * @param second whether it is the second
     * @param type of its tokens
     */
    public record Text(boolean second, int type) implements Part {}

    /**
     * Special tokens.
     *
     * @param ids of the tokens
     * @param type of the tokens
     */
    public record Tokens(List<Integer> ids, int type) implements Part {

        /** Copies the list. */
        public Tokens {
            ids = List.copyOf(ids);
        }
    }

    /** Copies the lists, and checks which texts they have. */
    public TemplateProcessing {
        single = List.copyOf(single);
        pair = List.copyOf(pair);
        if (single.stream().anyMatch(part -> part instanceof Text(boolean second, _) && second)) {
            throw new IllegalArgumentException("the template for one text has a second text");
        }
    }

    @Override
    public int added(boolean two) {
        return (two ? pair : single)
                .stream()
                        .mapToInt(part -> part instanceof Tokens tokens ? tokens.ids().size() : 0)
                        .sum();
    }

    @Override
    public List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens) {
        List<Encoding> parts = new ArrayList<>();
        for (Part part : texts.size() == 1 ? single : pair) {
            parts.add(
                    switch (part) {
                        case Text(boolean second, int type) ->
                                texts.get(second ? 1 : 0).withType(type);
                        case Tokens(List<Integer> ids, int type) ->
                                Encoding.special(
                                        ids.stream().mapToInt(Integer::intValue).toArray(), type);
                    });
        }
        return parts;
    }
}
