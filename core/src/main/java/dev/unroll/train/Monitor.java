package dev.unroll.train;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The validation metric by which weights are compared, and which of two of its values is better.
 *
 * @param metric its name among those that {@link Objective#validate} returns
 * @param higherIsBetter true for accuracy or BLEU, false for a loss
 */
public record Monitor(String metric, boolean higherIsBetter) {

    /** A metric that should fall, such as a loss. */
    public static Monitor lowest(String metric) {
        return new Monitor(metric, false);
    }

    /** A metric that should grow, such as accuracy or BLEU. */
    public static Monitor highest(String metric) {
        return new Monitor(metric, true);
    }

    /** {@return whether a value is better than another} NaN is never better. */
    public boolean isBetter(double value, double than) {
        return higherIsBetter ? value > than : value < than;
    }

    /** The value that every other is better than. */
    double worst() {
        return higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** The best of some values; empty if there is none but NaN. */
    public OptionalDouble best(List<Double> values) {
        int index = indexOfBest(values);
        return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(values.get(index));
    }

    /**
     * The number of validations since the best one, which of equals is the first; 0 if there is
     * none.
     */
    public int sinceBest(List<Double> values) {
        return values.isEmpty() ? 0 : values.size() - 1 - Math.max(0, indexOfBest(values));
    }

    private int indexOfBest(List<Double> values) {
        int index = -1;
        double best = worst();
        for (int i = 0; i < values.size(); i++) {
            if (isBetter(values.get(i), best)) {
                best = values.get(i);
                index = i;
            }
        }
        return index;
    }
}
