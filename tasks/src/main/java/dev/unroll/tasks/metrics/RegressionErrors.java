package dev.unroll.tasks.metrics;

import java.util.Arrays;

/**
 * How far predicted numbers are from the right ones.
 *
 * @param mae mean absolute error, in the numbers' own unit, at least 0
 * @param rmse root of the mean squared error, in the numbers' own unit, at least 0
 * @param r2 R², the share of the variance that the predictions account for: 1 − Σ(y − ŷ)² / Σ(y −
 *     ȳ)², at most 1, and below 0 where the mean of the right numbers would be a better answer
 */
public record RegressionErrors(double mae, double rmse, double r2) {

    /**
     * Compares numbers one by one. Where all right numbers are the same, R² is 1 if every
     * prediction is right and else 0, as in scikit-learn.
     *
     * @param truth the right numbers, one or more
     * @param predicted as many
     * @return the errors
     * @throws IllegalArgumentException if there is none, or not as many of both
     */
    public static RegressionErrors of(double[] truth, double[] predicted) {
        if (truth.length == 0 || truth.length != predicted.length) {
            throw new IllegalArgumentException(
                    "%d right numbers and %d predictions; as many of both, one or more"
                            .formatted(truth.length, predicted.length));
        }
        double mean = 0;
        for (double value : truth) {
            mean += value / truth.length;
        }
        double absolute = 0;
        double squared = 0;
        double varied = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = predicted[i] - truth[i];
            absolute += Math.abs(error);
            squared += error * error;
            varied += (truth[i] - mean) * (truth[i] - mean);
        }
        boolean same = Arrays.stream(truth).allMatch(value -> value == truth[0]);
        double r2 = same ? (squared == 0 ? 1 : 0) : 1 - squared / varied;
        return new RegressionErrors(absolute / truth.length, Math.sqrt(squared / truth.length), r2);
    }
}
