package dev.unroll.bench;

/**
 * The time for which a work is warmed up and measured.
 *
 * @param round seconds a timed turn lasts at least
 * @param warmUp seconds our side runs before; the other side, compiled long ago, a fifth of that
 */
public record Pace(double round, double warmUp) {
    /** For whole steps of a training, which the compiler needs seconds for. */
    public static final Pace STEPS = new Pace(0.2, 3);

    /** For single kernels, many of them, warm from those before. */
    public static final Pace KERNELS = new Pace(0.03, 0.3);

    public Pace {
        if (!(round > 0) || !(warmUp >= 0)) {
            throw new IllegalArgumentException(
                    "pace: rounds of more than 0 seconds, not %s after %s"
                            .formatted(round, warmUp));
        }
    }
}
