package dev.unroll.tasks.regression;

import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.JsonArtefact;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Mean and standard deviation of the training set's numbers. A network learns deviations from the
 * mean, in units of the standard deviation.
 *
 * @param mean finite
 * @param deviation above 0; 1 where all numbers are the same
 */
public record TargetScale(double mean, double deviation) {
    /** In a run's folder. */
    public static final Artefact<TargetScale> FILE =
            new JsonArtefact<>(
                    "target.json",
                    TargetScale.class,
                    Function.identity(),
                    Function.identity(),
                    "the run does not know the size of its numbers",
                    "is not a mean and a deviation above 0");

    /** Checks the numbers. */
    public TargetScale {
        if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException(
                    "mean %s, deviation %s: finite, the second above 0".formatted(mean, deviation));
        }
    }

    /**
     * {@return the scale of a training set's numbers}
     *
     * @param examples the training set
     * @param value the number of an example
     */
    public static <E> TargetScale of(List<E> examples, ToDoubleFunction<E> value) {
        double mean = examples.stream().mapToDouble(value).average().orElse(0);
        double variance =
                examples.stream()
                        .mapToDouble(value)
                        .map(v -> (v - mean) * (v - mean))
                        .average()
                        .orElse(0);
        // of equal numbers, rounding leaves a little
        boolean same = Math.sqrt(variance) <= 1e-12 * Math.abs(mean);
        return new TargetScale(mean, same ? 1 : Math.sqrt(variance));
    }

    /** {@return a number in standard deviations from the mean} */
    float standard(double value) {
        return (float) ((value - mean) / deviation);
    }

    /** {@return the number of what a network gives} */
    public double value(float standard) {
        return mean + deviation * standard;
    }
}
