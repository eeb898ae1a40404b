package dev.unroll.tasks.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The calibration of a model's confidence (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks", section 2): predictions are put into bins of equal width by their confidence, and in
 * each bin the mean confidence is held against the part that is right.
 *
 * <pre>
 *   ECE = Σ over bins |Bₘ| / n · |accuracy(Bₘ) − confidence(Bₘ)|       (equation 3)
 * </pre>
 *
 * @param error ECE, the expected calibration error, 0 to 1
 * @param bins from the least sure to the surest
 */
public record Calibration(double error, List<Bin> bins) {

    /** As many bins as in the paper's experiments. */
    public static final int BINS = 15;

    /**
     * The predictions whose confidence is above {@code from} and at most {@code to}; the first bin
     * takes confidence 0 as well.
     *
     * @param from the confidence that all of the bin's predictions exceed
     * @param to the highest confidence that belongs to the bin
     * @param count how many there are
     * @param confidence their mean; 0 if there are none
     * @param accuracy the part of them that is right; 0 if there are none
     */
    public record Bin(double from, double to, long count, double confidence, double accuracy) {}

    /** Copies the bins. */
    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * In {@value #BINS} bins.
     *
     * @param confidences the probability that the model gives the class it chose, 0 to 1
     * @param right whether that class was the right one, as many
     * @return the calibration
     */
    public static Calibration of(double[] confidences, boolean[] right) {
        return of(confidences, right, BINS);
    }

    /**
     * In so many bins.
     *
     * @param confidences the probability that the model gives the class it chose, 0 to 1
     * @param right whether that class was the right one, as many
     * @param bins of equal width, at least 1
     * @return the calibration
     * @throws IllegalArgumentException if there are no predictions, not as many answers, a
     *     confidence outside 0 to 1, or no bins
     */
    public static Calibration of(double[] confidences, boolean[] right, int bins) {
        int n = confidences.length;
        if (n == 0 || right.length != n || bins < 1) {
            throw new IllegalArgumentException(
                    "Calibration: %d confidences, %d answers, %d bins; at least 1, as many, at least 1"
                            .formatted(n, right.length, bins));
        }
        long[] counts = new long[bins];
        double[] confidence = new double[bins];
        long[] hits = new long[bins];
        for (int i = 0; i < n; i++) {
            double c = confidences[i];
            if (!(c >= 0 && c <= 1)) {
                throw new IllegalArgumentException(
                        "Calibration: confidence %s of prediction %d; 0 to 1 is allowed"
                                .formatted(c, i));
            }
            int bin = Math.max(0, (int) Math.ceil(c * bins) - 1);
            counts[bin]++;
            confidence[bin] += c;
            hits[bin] += right[i] ? 1 : 0;
        }
        double error = 0;
        List<Bin> all = new ArrayList<>();
        for (int b = 0; b < bins; b++) {
            error += Math.abs(hits[b] - confidence[b]) / n;
            double share = counts[b] == 0 ? 0 : 1.0 / counts[b];
            all.add(
                    new Bin(
                            (double) b / bins,
                            (b + 1.0) / bins,
                            counts[b],
                            confidence[b] * share,
                            hits[b] * share));
        }
        return new Calibration(error, all);
    }
}
