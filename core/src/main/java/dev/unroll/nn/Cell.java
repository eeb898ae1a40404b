package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Picked;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * One layer of a recurrent network, with the hidden state passed from step to step. {@link #step}
 * is the formula; {@link #unroll} is the same function over whole sequences in one operation.
 *
 * @param <S> the state: one row for each sequence
 */
public sealed interface Cell<S> permits Elman, Lstm, Gru {

    /** One step: x [batch, input] and the state before it give the state after it. */
    S step(Tensor x, S state);

    /** The part of the state that the next layer sees: [batch, hidden]. */
    Tensor output(S state);

    /** The state before the first step: zeros. */
    S start(int batch);

    /** Rows of a state, picked by number. */
    S gather(S state, int... index);

    /** A state whose visible part is h and whose other parts, if any, are c. */
    S state(Tensor h, Tensor c);

    /** Numbers in a state's visible part. */
    int hidden();

    /**
     * All steps of all sequences at once.
     *
     * @param xs rows [tokens, input]
     * @param first the state before the first step, [batch, ..]
     * @param backwards from the last token of each sequence to its first
     * @return the visible state after each token, at the token's place, and the last state
     */
    default Unrolled<S> unroll(Sequences xs, S first, boolean backwards) {
        return unroll(Picked.each(xs.rows()), xs.layout(), first, backwards);
    }

    /**
     * The same, from rows picked from a table: a row that many tokens share meets the weights once.
     *
     * @param xs [tokens, input]
     * @param layout which of them belong to which sequence
     */
    Unrolled<S> unroll(Picked xs, Layout layout, S first, boolean backwards);

    /**
     * What comes of unrolling.
     *
     * @param outputs rows [tokens, hidden]
     * @param last the state after each sequence's last step, [batch, ..]
     */
    record Unrolled<S>(Sequences outputs, S last) {}
}
