package dev.unroll.nn;

/**
 * The mode of a network, training or inference. A mode is passed along with each call, never
 * remembered.
 */
public sealed interface Mode {

    /** Using the network: dropout does nothing, and a loss is the plain one. */
    Mode INFERENCE = new Inference();

    /**
     * The share of the target distribution that a loss spreads over all classes (Szegedy et al.
     * 2016, section 7), in [0, 1); 0 outside training, so that validation losses can be compared
     * between trainings.
     */
    double labelSmoothing();

    /** Using the network. */
    record Inference() implements Mode {
        @Override
        public double labelSmoothing() {
            return 0;
        }
    }

    /**
     * Training the network. Noise is a pure function of the seed, the step and the place where it
     * is drawn.
     *
     * @param seed of the run
     * @param step number of the training step
     * @param labelSmoothing in [0, 1)
     */
    record Training(long seed, long step, double labelSmoothing) implements Mode {
        public Training {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "label smoothing is in [0, 1), not " + labelSmoothing);
            }
        }

        /** Without label smoothing. */
        public Training(long seed, long step) {
            this(seed, step, 0);
        }
    }
}
