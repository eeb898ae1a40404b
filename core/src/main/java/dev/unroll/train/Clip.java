package dev.unroll.train;

/**
 * A measure against exploding gradients (Pascanu et al. 2013): all gradients are multiplied by a
 * factor first, then each number is cut to a limit.
 */
@FunctionalInterface
public interface Clip {
    /** Gradients are taken as they are. */
    Clip NONE = norm -> 1;

    /**
     * The factor that all gradients are multiplied by.
     *
     * @param norm Euclidean norm of the gradients of all parameters together
     */
    double factor(double norm);

    /** The limit ± of each number after that; infinity for none. */
    default double limit() {
        return Double.POSITIVE_INFINITY;
    }

    /** Scales the gradients of all parameters together down to a norm (algorithm 1). */
    static Clip norm(double norm) {
        return new Limits(norm, Double.POSITIVE_INFINITY);
    }

    /** Cuts each number of each gradient to ± a value. */
    static Clip value(double value) {
        return new Limits(Double.POSITIVE_INFINITY, value);
    }

    /**
     * A limit on the norm, then one on each number.
     *
     * @param norm of the gradients of all parameters together; infinity for no limit
     * @param limit of each number; infinity for no limit
     */
    record Limits(double norm, double limit) implements Clip {
        public Limits {
            if (!(norm > 0) || !(limit > 0)) {
                throw new IllegalArgumentException(
                        "clip: limits are above 0, not norm %s and value %s"
                                .formatted(norm, limit));
            }
        }

        @Override
        public double factor(double total) {
            return total > norm ? norm / total : 1;
        }
    }
}
