package dev.unroll.backend;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, eq. 1) of many heads and sequences at once,
 * without keeping the weights. The numbers of a row lie one after another; rows may be apart, as
 * those of queries, keys and values that come from one product. The sums are contiguous. A query
 * that sees no key gives zeros.
 */
public interface Attention {

    /**
     * @param q [queries, heads·width]
     * @param k [keys, keyHeads·width]
     * @param v [keys, keyHeads·valueWidth]
     * @param y [queries, heads·valueWidth], written
     * @param logSums [queries, heads], ln Σ e^score, written for the derivative
     */
    void attend(AttentionShape shape, View q, View k, View v, View y, View logSums);

    /** The derivative of {@link #attend}; dq, dk, dv are overwritten. */
    void attendBackward(
            AttentionShape shape,
            View q,
            View k,
            View v,
            View y,
            View logSums,
            View dy,
            View dq,
            View dk,
            View dv);
}
