package dev.unroll.text.pipeline;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The last step of encoding: it adds special tokens, and says how two texts stand together. */
public interface PostProcessor {

    /**
     * {@return how many tokens are added}
     *
     * @param pair to two texts rather than one
     */
    int added(boolean pair);

    /**
     * {@return whether places in the text leave white space out, as far as byte-level tokens and
     * added tokens took it along}
     */
    default boolean trims() {
        return false;
    }

    /**
     * {@return the parts of the result, which are to be put behind each other}
     *
     * @param texts the tokens of one text or two, or what another post-processor made of them
     * @param tokens gives the token of an id; null where there is none
     */
    List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens);
}
