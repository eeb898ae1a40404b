package dev.unroll.train;

import java.util.List;

/**
 * The learning rate at each step: a pure function of the step's number and of the validation
 * figures so far. Every schedule begins with a warm-up, a straight rise from 0 to the peak; a
 * training shorter than that only rises.
 */
public sealed interface Schedule {

    /** The highest rate. */
    double peak();

    /** Steps of the rise. */
    long warmup();

    /**
     * The share of the peak after the warm-up.
     *
     * @param step from 1
     * @param figures what was measured so far, oldest first; smaller is better
     */
    double share(long step, List<Double> figures);

    /** The learning rate of a step, from 1. */
    default double rate(long step, List<Double> figures) {
        return peak() * (step < warmup() ? (double) step / warmup() : share(step, figures));
    }

    private static void check(double peak, long warmup) {
        if (!(peak > 0) || peak == Double.POSITIVE_INFINITY || warmup < 0) {
            throw new IllegalArgumentException(
                    "schedule: a peak above 0 and a warm-up from 0, not %s and %s"
                            .formatted(peak, warmup));
        }
    }

    /** The peak all the time. */
    record Constant(double peak, long warmup) implements Schedule {
        public Constant {
            check(peak, warmup);
        }

        @Override
        public double share(long step, List<Double> figures) {
            return 1;
        }
    }

    /** A straight fall to 0 at the last step. */
    record Linear(double peak, long warmup, long steps) implements Schedule {
        public Linear {
            check(peak, warmup);
        }

        @Override
        public double share(long step, List<Double> figures) {
            return 1 - progress(step, warmup, steps);
        }
    }

    /** Half a cosine down to 0 at the last step (Loshchilov and Hutter 2017, eq. 5). */
    record Cosine(double peak, long warmup, long steps) implements Schedule {
        public Cosine {
            check(peak, warmup);
        }

        @Override
        public double share(long step, List<Double> figures) {
            return 0.5 * (1 + Math.cos(Math.PI * progress(step, warmup, steps)));
        }
    }

    /** √(warmup/step) (Vaswani et al. 2017, eq. 3). */
    record InverseSquareRoot(double peak, long warmup) implements Schedule {
        public InverseSquareRoot {
            check(peak, warmup);
        }

        @Override
        public double share(long step, List<Double> figures) {
            return Math.sqrt(Math.max(1, warmup) / (double) Math.max(step, Math.max(1, warmup)));
        }
    }

    /**
     * The rate falls whenever the validation figure has not improved for a while.
     *
     * @param factor by which it falls, in (0, 1)
     * @param patience measurements without a new best before it falls
     */
    record Plateau(double peak, long warmup, double factor, int patience) implements Schedule {
        public Plateau {
            check(peak, warmup);
            if (!(factor > 0 && factor < 1) || patience < 1) {
                throw new IllegalArgumentException(
                        "plateau: a factor in (0, 1) and a patience from 1, not %s and %s"
                                .formatted(factor, patience));
            }
        }

        @Override
        public double share(long step, List<Double> figures) {
            double best = Double.POSITIVE_INFINITY;
            double share = 1;
            int waited = 0;
            for (double figure : figures) {
                if (figure < best) {
                    best = figure;
                    waited = 0;
                } else if (++waited == patience) {
                    share *= factor;
                    waited = 0;
                }
            }
            return share;
        }
    }

    private static double progress(long step, long warmup, long steps) {
        long length = Math.max(1, steps - warmup);
        return Math.clamp((step - warmup) / (double) length, 0.0, 1.0);
    }
}
