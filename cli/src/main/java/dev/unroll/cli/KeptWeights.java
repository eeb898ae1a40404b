package dev.unroll.cli;

import dev.unroll.tasks.recipe.ValidationRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.tasks.run.TrainingCourse.Validation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which weights a training leaves, and why. */
final class KeptWeights {
    private KeptWeights() {}

    /**
     * {@return what is said at the end of a training}
     *
     * @param course of the training
     * @param how it was validated
     */
    static String told(TrainingCourse course, ValidationRecipe how) {
        List<Validation> all = course.validations();
        if (how.average() > 1 && !all.isEmpty()) {
            return "kept: the mean of the weights of the last %d measurements"
                            .formatted(Math.min(how.average(), all.size()))
                    + " (training.validation.average)";
        }
        Validation kept =
                all.stream().filter(Validation::best).reduce((_, last) -> last).orElse(null);
        if (kept == null) {
            return "kept: the last weights, for none were measured on a validation set";
        }
        Metric monitor = how.monitor();
        StringBuilder text =
                new StringBuilder("kept: the weights of step ")
                        .append("%,d".formatted(kept.step()))
                        .append(", epoch ")
                        .append(kept.epoch())
                        .append(", with the ")
                        .append(best(monitor))
                        .append(' ')
                        .append(monitor.key())
                        .append(value(kept, monitor));
        for (Metric other : Metric.values()) {
            if (other != monitor) {
                all.stream()
                        .filter(one -> isBetter(other, one, kept))
                        .max(Comparator.comparingDouble(one -> sign(other) * of(one, other)))
                        .ifPresent(
                                one ->
                                        text.append(
                                                "; the %s %s%s was at step %,d"
                                                        .formatted(
                                                                best(other),
                                                                other.key(),
                                                                value(one, other),
                                                                one.step())));
            }
        }
        return text.append("; training.validation.monitor says what counts").toString();
    }

    private static boolean isBetter(Metric metric, Validation one, Validation than) {
        return sign(metric) * of(one, metric) > sign(metric) * of(than, metric);
    }

    private static int sign(Metric metric) {
        return metric.higherIsBetter() ? 1 : -1;
    }

    private static String best(Metric metric) {
        return metric.higherIsBetter() ? "highest" : "lowest";
    }

    private static double of(Validation one, Metric metric) {
        Map<String, Double> metrics = one.metrics();
        return metrics.getOrDefault(metric.key(), Double.NaN);
    }

    private static String value(Validation one, Metric metric) {
        return String.format(Locale.ROOT, " (%.4g)", of(one, metric));
    }
}
