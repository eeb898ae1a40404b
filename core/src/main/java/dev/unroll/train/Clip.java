package dev.unroll.train;

/**
 * What is done against exploding gradients (Pascanu et al. 2013, algorithm 1).
 *
 * @param norm the gradients of all parameters together are scaled down to this norm; infinity for
 *     no limit
 * @param value each number is cut to ± this; infinity for no limit
 */
public record Clip(double norm, double value) {
    /** No limit. */
    public static final Clip NONE = new Clip(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Clip {
        if (!(norm > 0) || !(value > 0)) {
            throw new IllegalArgumentException(
                    "clip: limits are above 0, not norm " + norm + " and value " + value);
        }
    }

    /** By the norm of all gradients together. */
    public static Clip norm(double norm) {
        return new Clip(norm, Double.POSITIVE_INFINITY);
    }

    /** Each number by itself. */
    public static Clip value(double value) {
        return new Clip(Double.POSITIVE_INFINITY, value);
    }

    /** The factor that brings gradients of a norm within the limit. */
    double scale(double total) {
        return total > norm ? norm / total : 1;
    }
}
