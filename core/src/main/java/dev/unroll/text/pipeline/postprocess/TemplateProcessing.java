package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.Arrays;
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
    public Encoding process(
            Encoding first, @Nullable Encoding second, IntFunction<@Nullable String> tokens) {
        Encoding all = Special.none();
        for (Part part : second == null ? single : pair) {
            all =
                    all.then(
                            switch (part) {
                                case Text(boolean isSecond, int type) ->
                                        (isSecond && second != null ? second : first)
                                                .withType(type);
                                case Tokens(List<Integer> ids, int type) ->
                                        Special.tokens(
                                                ids.stream().mapToInt(id -> id).toArray(), type);
                            });
        }
        return all;
    }

    /** Encodings of nothing but special tokens. */
    static final class Special {

        private Special() {}

        static Encoding none() {
            return tokens(new int[0], 0);
        }

        static Encoding tokens(int[] ids, int type) {
            int[] types = new int[ids.length];
            Arrays.fill(types, type);
            boolean[] special = new boolean[ids.length];
            Arrays.fill(special, true);
            return new Encoding(
                    ids, types, new int[ids.length], new int[ids.length], special, false);
        }
    }
}
