package dev.unroll.train;

/**
 * The answer of a training to numbers that are NaN or infinite, of a loss, of gradients, of weights
 * or of the optimiser's state.
 */
public enum OnNan {
    /** Ends with a {@link NonFiniteException}. */
    STOP,
    /**
     * Leaves out the step of a batch whose loss or gradients are not finite, at most {@value
     * Recovery#MOST_SKIPPED} in a row. Weights that are not finite end the training.
     */
    SKIP,
    /**
     * Goes back to the weights and the optimiser's state of the last measurement or start, and on
     * with the batches after the one that broke them (Chowdhery et al. 2022, section 5.1), at most
     * {@value Recovery#MOST_BACK} times from the same weights. They are kept in memory, which takes
     * as much as the weights and the optimiser's state once more. A training that was interrupted
     * goes back to where it was saved, so it need not give the bits of an unbroken one that went
     * back further.
     */
    BACK
}
