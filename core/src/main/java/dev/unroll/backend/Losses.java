package dev.unroll.backend;

/** Losses on rows of logits. */
public interface Losses {

    /** A target with this index costs nothing and teaches nothing. */
    int IGNORED = -1;

    /**
     * Softmax cross-entropy with label smoothing (Szegedy et al. 2016, section 7): the target
     * distribution is (1 − smoothing) on the target and smoothing/vocabulary on every token.
     *
     * @param logits [rows, vocabulary], contiguous
     * @param targets [rows], in [0, vocabulary) or {@link #IGNORED}
     * @param losses [rows]
     * @param logSums [rows], ln Σ e^logit, written for the derivative
     */
    void crossEntropy(View logits, int[] targets, float smoothing, View losses, View logSums);

    /**
     * dlogits = dlosses·(softmax − target distribution).
     *
     * @param dlosses [rows]
     * @param dlogits like logits; may be logits
     */
    void crossEntropyBackward(
            View logits, int[] targets, float smoothing, View logSums, View dlosses, View dlogits);
}
