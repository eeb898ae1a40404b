package dev.unroll.nn.attention;

import dev.unroll.backend.AttentionShape;

/**
 * The keys that a query may attend to: those from {@code left} before its own position to {@code
 * right} after it.
 *
 * @param left keys before, or {@link #NO_LIMIT}
 * @param right keys after, or {@link #NO_LIMIT}; 0 hides the future
 */
public record Mask(int left, int right) {
    /** No limit on one side. */
    public static final int NO_LIMIT = AttentionShape.EVERYTHING;

    /** Every query attends to every key. */
    public static final Mask NONE = new Mask(NO_LIMIT, NO_LIMIT);

    /** No query attends to later keys (Vaswani et al. 2017, section 3.2.3). */
    public static final Mask CAUSAL = new Mask(NO_LIMIT, 0);

    public Mask {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "a mask counts keys to both sides, not " + left + " and " + right);
        }
    }

    /** Sparse attention: only near keys (Child et al. 2019; Beltagy et al. 2020, section 3.1). */
    public static Mask window(int left, int right) {
        return new Mask(left, right);
    }
}
