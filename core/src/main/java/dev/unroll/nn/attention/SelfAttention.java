package dev.unroll.nn.attention;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Attention of sequences to themselves, as the layers of a Transformer hold it: {@link
 * MultiHeadAttention}, whose cost for a token grows with the length of the sequence, or {@link
 * LinearAttention}, whose cost does not.
 */
public interface SelfAttention {

    /**
     * Every token attends to the tokens of its own sequence that a mask lets it see.
     *
     * @param x [tokens, width]
     * @param mask of all heads
     * @param mode in training, weights may be dropped
     * @return [tokens, width]
     * @throws IllegalArgumentException if this attention cannot be computed under the mask; the
     *     message says which masks it takes
     */
    Sequences forward(Sequences x, Mask mask, Mode mode);

    /** {@link #forward(Sequences, Mask, Mode)} in inference. */
    default Sequences forward(Sequences x, Mask mask) {
        return forward(x, mask, Mode.INFERENCE);
    }

    /**
     * What is kept of the tokens so far while texts are written token by token, at first of none.
     *
     * @param sequences how many texts are begun
     * @param tokens how many tokens there is room for at first
     */
    Past past(int sequences, int tokens);

    /**
     * Which of the earlier tokens' keys each head looks up while a text is written; empty if it
     * keeps no keys.
     */
    Optional<HeadMasks> lookups();

    /**
     * The tokens so far, as one layer keeps them: keys and values, or a state. There are no
     * derivatives.
     */
    interface Past {

        /**
         * {@link SelfAttention#forward(Sequences, Mask)} of whole beginnings, which are kept.
         *
         * @param x one sequence for each text, [tokens, width]
         */
        Sequences prefill(Sequences x, Mask mask);

        /**
         * {@link SelfAttention#forward(Sequences, Mask)} for one more token of each hypothesis,
         * which is kept.
         *
         * @param x [hypotheses, width]
         */
        Sequences step(Sequences x, BeamHistory.Step step);

        /** The tensors that must outlive the computation of a step. */
        List<Tensor> memory();
    }
}
