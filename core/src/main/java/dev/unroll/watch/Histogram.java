package dev.unroll.watch;

import java.util.Arrays;

/**
 * How many of some numbers lie in each of a row of buckets whose limits grow by a tenth, as in
 * TensorBoard. Only buckets from the first to the last that hold a number are kept.
 *
 * @param name such as {@code gradients/layers.0.wh}
 * @param least of the numbers
 * @param largest of the numbers
 * @param sum of the numbers
 * @param sumOfSquares of the numbers
 * @param limits upper end of each bucket, ascending
 * @param counts numbers in each bucket
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record Histogram(
        String name,
        double least,
        double largest,
        double sum,
        double sumOfSquares,
        double[] limits,
        long[] counts) {
    private static final double[] LIMITS = growing();

    private static double[] growing() {
        double[] positive = new double[1000];
        int n = 0;
        for (double limit = 1e-12; limit < 1e20; limit *= 1.1) {
            positive[n++] = limit;
        }
        double[] all = new double[2 * n + 2];
        for (int i = 0; i < n; i++) {
            all[n - 1 - i] = -positive[i];
            all[n + 1 + i] = positive[i];
        }
        all[n] = 0;
        all[2 * n + 1] = Double.MAX_VALUE;
        return all;
    }

    /**
     * {@return the histogram of some numbers}
     *
     * @param values those that are not finite are left out
     */
    public static Histogram of(String name, float[] values) {
        long[] counts = new long[LIMITS.length];
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int first = LIMITS.length;
        int last = -1;
        for (float value : values) {
            if (Float.isFinite(value)) {
                int place = Arrays.binarySearch(LIMITS, value);
                int bucket = place >= 0 ? place : -place - 1;
                counts[bucket]++;
                first = Math.min(first, bucket);
                last = Math.max(last, bucket);
                least = Math.min(least, value);
                largest = Math.max(largest, value);
                sum += value;
                squares += (double) value * value;
            }
        }
        if (last < 0) {
            return new Histogram(name, 0, 0, 0, 0, new double[0], new long[0]);
        }
        return new Histogram(
                name,
                least,
                largest,
                sum,
                squares,
                Arrays.copyOfRange(LIMITS, first, last + 1),
                Arrays.copyOfRange(counts, first, last + 1));
    }

    /** {@return how many numbers were counted} */
    public long count() {
        return Arrays.stream(counts).sum();
    }
}
