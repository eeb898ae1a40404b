package dev.unroll.train;

import java.util.List;
import java.util.OptionalLong;

/**
 * The factor of the learning rate at each step: a pure function of the step's number, of the length
 * of the training and of the validations so far. The schedules here begin with a warm-up, a
 * straight rise from 0 to the full learning rate; a training shorter than that only rises. A
 * schedule of your own can be a lambda.
 */
@FunctionalInterface
public interface Schedule {

    /** The factor that the learning rate is multiplied by, 1 for the full learning rate. */
    double factor(Position at);

    /**
     * The place of a step in its training.
     *
     * @param step from 1
     * @param steps of the whole training; empty if neither epochs nor steps are limited
     * @param monitor the monitored metric, and which of its values are better
     * @param validations its values so far, oldest first
     */
    record Position(long step, OptionalLong steps, Monitor monitor, List<Double> validations) {
        public Position {
            validations = List.copyOf(validations);
        }

        private double warmedUp(long warmup, double factor) {
            return step < warmup ? (double) step / warmup : factor;
        }

        /** The share of the steps after the warm-up that are done, in [0, 1]. */
        private double done(long warmup) {
            long all =
                    steps.orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "a linear or cosine schedule needs the number of steps:"
                                                    + " limit the training by epochs or steps"));
            if (all <= 1) {
                return 0; // a training of a single step is made at the full learning rate
            }
            long length = Math.max(1, all - warmup);
            return Math.clamp((step - warmup) / (double) length, 0.0, 1.0);
        }
    }

    private static void check(long warmup) {
        if (warmup < 0) {
            throw new IllegalArgumentException("schedule: a warm-up is from 0, not " + warmup);
        }
    }

    /** The full learning rate after the warm-up. */
    record Constant(long warmup) implements Schedule {
        public Constant {
            check(warmup);
        }

        @Override
        public double factor(Position at) {
            return at.warmedUp(warmup, 1);
        }
    }

    /** A straight fall to 0 at the last step. */
    record Linear(long warmup) implements Schedule {
        public Linear {
            check(warmup);
        }

        @Override
        public double factor(Position at) {
            return at.warmedUp(warmup, 1 - at.done(warmup));
        }
    }

    /** Half a cosine down to 0 at the last step (Loshchilov and Hutter 2017, eq. 5). */
    record Cosine(long warmup) implements Schedule {
        public Cosine {
            check(warmup);
        }

        @Override
        public double factor(Position at) {
            return at.warmedUp(warmup, 0.5 * (1 + Math.cos(Math.PI * at.done(warmup))));
        }
    }

    /** √(warmup/step) (Vaswani et al. 2017, eq. 3). */
    record InverseSquareRoot(long warmup) implements Schedule {
        public InverseSquareRoot {
            check(warmup);
        }

        @Override
        public double factor(Position at) {
            long rise = Math.max(1, warmup);
            return at.warmedUp(warmup, Math.sqrt(rise / (double) Math.max(at.step(), rise)));
        }
    }

    /**
     * The learning rate falls whenever the monitored metric has not improved for a while.
     *
     * @param factor by which it falls, in (0, 1)
     * @param patience validations without a new best before it falls
     */
    record Plateau(long warmup, double factor, int patience) implements Schedule {
        public Plateau {
            check(warmup);
            if (!(factor > 0 && factor < 1) || patience < 1) {
                throw new IllegalArgumentException(
                        "plateau: a factor in (0, 1) and a patience from 1, not %s and %s"
                                .formatted(factor, patience));
            }
        }

        @Override
        public double factor(Position at) {
            double best = at.monitor().worst();
            double share = 1;
            int waited = 0;
            for (double value : at.validations()) {
                if (at.monitor().isBetter(value, best)) {
                    best = value;
                    waited = 0;
                } else if (++waited == patience) {
                    share *= factor;
                    waited = 0;
                }
            }
            return at.warmedUp(warmup, share);
        }
    }
}
