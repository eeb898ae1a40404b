package dev.unroll.nn;

/** Whether a network is learning. It is passed along, never remembered. */
public sealed interface Mode {

    /** Using the network: dropout does nothing. */
    Mode INFERENCE = new Inference();

    /** Using the network. */
    record Inference() implements Mode {}

    /**
     * Learning. Noise is a pure function of the seed, the step and the place where it is drawn.
     *
     * @param seed of the run
     * @param step number of the training step
     */
    record Training(long seed, long step) implements Mode {}
}
