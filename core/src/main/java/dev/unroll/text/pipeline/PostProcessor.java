package dev.unroll.text.pipeline;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The last step of encoding: it adds special tokens, and puts two texts together. */
public interface PostProcessor {

    /**
     * {@return how many tokens are added}
     *
     * @param pair to two texts rather than one
     */
    int added(boolean pair);

    /**
     * {@return the tokens of one text, or of two behind each other, with what is added}
     *
     * @param first tokens of the first text
     * @param second tokens of the second text; null if there is only one
     * @param tokens gives the token of an id; null where there is none
     */
    Encoding process(
            Encoding first, @Nullable Encoding second, IntFunction<@Nullable String> tokens);
}
