package dev.unroll.tensor;

/**
 * Cross-entropy of answers that are yes or no, each by itself, from logits x whose sigmoid σ(x) is
 * the probability of a yes.
 *
 * <pre>
 *   loss = −y·log σ(x) − (1 − y)·log(1 − σ(x))
 *        = y·log(1 + e⁻ˣ) + (1 − y)·log(1 + eˣ)
 *        = max(x, 0) − x·y + log(1 + e⁻|x|)
 * </pre>
 *
 * <p>It is computed by the second line with softplus, log(1 + eˣ), which neither overflows nor
 * rounds a small loss to 0, and whose slope σ(x) − y is right at 0 too.
 */
public final class BinaryCrossEntropy {
    private BinaryCrossEntropy() {}

    /**
     * The mean over all numbers. A NaN among the logits makes it NaN.
     *
     * @param logits of any shape
     * @param targets of the same shape, in [0, 1]: 1 for yes, 0 for no, or a probability
     * @return one number
     * @throws IllegalArgumentException if the shapes differ or hold no number, or if a target is
     *     not in [0, 1]
     */
    public static Tensor ofLogits(Tensor logits, Tensor targets) {
        RegressionLoss.requireOneShape("binaryCrossEntropy", logits, targets);
        for (float y : targets.toArray()) {
            if (!(y >= 0 && y <= 1)) {
                throw new IllegalArgumentException(
                        "binaryCrossEntropy: targets are 0 for no, 1 for yes, or a probability,"
                                + " not "
                                + y);
            }
        }
        Tensor yes = targets.times(logits.negate().softplus());
        Tensor no = targets.complement().times(logits.softplus());
        return yes.plus(no).mean();
    }
}
