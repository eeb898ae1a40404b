package dev.unroll.backend;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, eq. 1) of many heads and sequences at once,
 * without keeping the weights. The sums are contiguous. A query that sees no key gives zeros. Where
 * the shape has dropout, it is on the weights that multiply the values.
 */
public interface Attention {

    /**
     * @param y [queries, heads·valueWidth], written
     * @param logSums [queries, heads], ln Σ e^score, written for the derivative
     */
    void attend(AttentionShape shape, QueryKeyValue x, View y, View logSums);

    /** The derivative of {@link #attend}; the gradients dx are overwritten. */
    void attendBackward(
            AttentionShape shape, QueryKeyValue x, View y, View logSums, View dy, QueryKeyValue dx);
}
