package dev.unroll.tasks.frames;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Mean and standard deviation of each feature.
 *
 * @param mean one a feature
 * @param deviation as many, above 0; 1 of a feature that never changes
 */
record Standardizer(List<Double> mean, List<Double> deviation) {

    /** Features farther out are outliers of a sensor, and end here, in deviations. */
    private static final float FARTHEST = 5;

    Standardizer {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size()
                || mean.stream().anyMatch(m -> !Double.isFinite(m))
                || deviation.stream().anyMatch(d -> !(d > 0 && d < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException(
                    "standard: %d means and %d deviations; finite ones, as many, deviations above 0"
                            .formatted(mean.size(), deviation.size()));
        }
    }

    /** Of videos' features, each [frames, features]. */
    static Standardizer of(List<float[][]> videos) {
        int features = videos.getFirst()[0].length;
        double[] sum = new double[features];
        double[] squares = new double[features];
        long frames = 0;
        for (float[][] video : videos) {
            frames += video.length;
            for (float[] row : video) {
                for (int i = 0; i < features; i++) {
                    sum[i] += row[i];
                    squares[i] += (double) row[i] * row[i];
                }
            }
        }
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>(Collections.nCopies(features, 1.0));
        for (int i = 0; i < features; i++) {
            double m = sum[i] / frames;
            double square = squares[i] / frames;
            double variance = square - m * m;
            mean.add(m);
            if (variance > 1e-12 * square) { // else it is what rounding left
                deviation.set(i, Math.sqrt(variance));
            }
        }
        return new Standardizer(mean, deviation);
    }

    /** [frames, features] in deviations from the mean. */
    float[][] apply(float[][] features) {
        float[][] standard = new float[features.length][mean.size()];
        for (int t = 0; t < features.length; t++) {
            for (int i = 0; i < mean.size(); i++) {
                double z = (features[t][i] - mean.get(i)) / deviation.get(i);
                standard[t][i] = Math.clamp((float) z, -FARTHEST, FARTHEST);
            }
        }
        return standard;
    }
}
