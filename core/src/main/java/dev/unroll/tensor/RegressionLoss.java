package dev.unroll.tensor;

import dev.unroll.backend.UnaryFunction;

/**
 * Losses of predicted numbers, each the mean over all numbers of a function of the error e =
 * prediction − target.
 *
 * <pre>
 *   squared: e²       absolute: |e|       Huber: ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ)
 * </pre>
 *
 * <p>The result is a tensor of one number. Predictions and targets have one shape: they are not
 * broadcast, because [batch, 1] minus [batch] would be [batch, batch]. A NaN in either makes the
 * loss NaN.
 */
public final class RegressionLoss {
    private RegressionLoss() {}

    /**
     * The mean squared error, which the conditional mean minimises.
     *
     * @param predictions of any shape
     * @param targets of the same shape
     * @return one number
     * @throws IllegalArgumentException if the shapes differ or hold no number
     */
    public static Tensor meanSquaredError(Tensor predictions, Tensor targets) {
        return errors("meanSquaredError", predictions, targets).square().mean();
    }

    /**
     * The mean absolute error, which the conditional median minimises. Its slope at an error of 0
     * is 0.
     *
     * @param predictions of any shape
     * @param targets of the same shape
     * @return one number
     * @throws IllegalArgumentException if the shapes differ or hold no number
     */
    public static Tensor meanAbsoluteError(Tensor predictions, Tensor targets) {
        return errors("meanAbsoluteError", predictions, targets).abs().mean();
    }

    /**
     * Huber's loss (Huber 1964): squared for small errors and linear for large ones, so that
     * outliers count less.
     *
     * @param predictions of any shape
     * @param targets of the same shape
     * @param delta δ, the error from which on the loss is linear; above 0 and finite
     * @return one number
     * @throws IllegalArgumentException if the shapes differ or hold no number, or if delta is not
     *     above 0
     */
    public static Tensor huber(Tensor predictions, Tensor targets, double delta) {
        return errors("huber", predictions, targets).map(new Huber(delta)).mean();
    }

    private static Tensor errors(String loss, Tensor predictions, Tensor targets) {
        requireOneShape(loss, predictions, targets);
        return predictions.minus(targets);
    }

    /** Refuses predictions and targets that are not paired one by one, or that are none. */
    static void requireOneShape(String loss, Tensor predictions, Tensor targets) {
        if (!predictions.shape().equals(targets.shape())) {
            throw new IllegalArgumentException(
                    "%s: predictions %s, targets %s: they have one shape; reshape one of them"
                            .formatted(loss, predictions.shape(), targets.shape()));
        }
        if (predictions.size() == 0) {
            throw new IllegalArgumentException(
                    "%s: predictions %s hold no number, so there is no mean; leave empty batches out"
                            .formatted(loss, predictions.shape()));
        }
    }

    private record Huber(double delta) implements UnaryFunction {
        Huber {
            if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "huber: delta is above 0 and finite, not " + delta);
            }
        }

        @Override
        public double value(double e) {
            double size = Math.abs(e);
            return size <= delta ? e * e / 2 : delta * (size - delta / 2);
        }

        @Override
        public double slope(double e, double y) {
            return Math.abs(e) <= delta ? e : delta * Math.signum(e);
        }
    }
}
