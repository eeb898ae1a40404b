package dev.unroll.train;

import java.util.List;

/**
 * The learning rate at each step: a pure function of the step's number and of the validations so
 * far. The schedules here begin with a warm-up, a straight rise from 0 to the peak; a training
 * shorter than that only rises. A schedule of your own can be a lambda.
 */
@FunctionalInterface
public interface Schedule {

    /**
     * The learning rate of a step.
     *
     * @param step from 1
     * @param validations values of the monitored metric so far
     */
    double learningRate(long step, Validations validations);

    /**
     * The validations of a training so far.
     *
     * @param monitor the metric, and which of its values are better
     * @param values one for each validation, oldest first
     */
    record Validations(Monitor monitor, List<Double> values) {
        public Validations {
            values = List.copyOf(values);
        }
    }

    private static double warmedUp(double peak, long warmup, long step, double share) {
        return peak * (step < warmup ? (double) step / warmup : share);
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

        /** Without a warm-up. */
        public Constant(double peak) {
            this(peak, 0);
        }

        @Override
        public double learningRate(long step, Validations validations) {
            return warmedUp(peak, warmup, step, 1);
        }
    }

    /** A straight fall to 0 at the last step. */
    record Linear(double peak, long warmup, long steps) implements Schedule {
        public Linear {
            check(peak, warmup);
        }

        @Override
        public double learningRate(long step, Validations validations) {
            return warmedUp(peak, warmup, step, 1 - progress(step, warmup, steps));
        }
    }

    /** Half a cosine down to 0 at the last step (Loshchilov and Hutter 2017, eq. 5). */
    record Cosine(double peak, long warmup, long steps) implements Schedule {
        public Cosine {
            check(peak, warmup);
        }

        @Override
        public double learningRate(long step, Validations validations) {
            double share = 0.5 * (1 + Math.cos(Math.PI * progress(step, warmup, steps)));
            return warmedUp(peak, warmup, step, share);
        }
    }

    /** √(warmup/step) (Vaswani et al. 2017, eq. 3). */
    record InverseSquareRoot(double peak, long warmup) implements Schedule {
        public InverseSquareRoot {
            check(peak, warmup);
        }

        @Override
        public double learningRate(long step, Validations validations) {
            long rise = Math.max(1, warmup);
            double share = Math.sqrt(rise / (double) Math.max(step, rise));
            return warmedUp(peak, warmup, step, share);
        }
    }

    /**
     * The learning rate falls whenever the monitored metric has not improved for a while.
     *
     * @param factor by which it falls, in (0, 1)
     * @param patience validations without a new best before it falls
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
        public double learningRate(long step, Validations validations) {
            return warmedUp(peak, warmup, step, share(validations));
        }

        private double share(Validations validations) {
            Monitor monitor = validations.monitor();
            double best = monitor.worst();
            double share = 1;
            int waited = 0;
            for (double value : validations.values()) {
                if (monitor.isBetter(value, best)) {
                    best = value;
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
        if (steps <= 1) {
            return 0; // a training of a single step is made at the peak
        }
        long length = Math.max(1, steps - warmup);
        return Math.clamp((step - warmup) / (double) length, 0.0, 1.0);
    }
}
