package dev.unroll.tasks.regression;

import dev.unroll.tasks.metrics.RegressionErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a regressor.
 *
 * @param model its errors
 * @param mean those of answering every text with the mean of the training set's numbers
 * @param texts how many
 * @param seconds to answer them
 */
public record RegressionScore(
        RegressionErrors model, RegressionErrors mean, int texts, double seconds) {

    /**
     * Predicts numbers and compares.
     *
     * @param regressor to be measured
     * @param texts at least one
     * @param learnt the training set, of which the mean is taken
     * @return the errors of both
     */
    public static RegressionScore of(
            TextRegressor regressor, List<TextValue> texts, List<TextValue> learnt) {
        return of(
                texts.stream().mapToDouble(TextValue::value).toArray(),
                learnt.stream().mapToDouble(TextValue::value).average().orElse(0),
                () -> regressor.predictAll(texts.stream().map(TextValue::text).toList()));
    }

    /**
     * Compares predictions with the numbers that are right.
     *
     * @param truth the right numbers, at least one
     * @param mean of the training set's
     * @param predict gives as many numbers, and is timed
     * @return the errors of both
     */
    public static RegressionScore of(double[] truth, double mean, Supplier<List<Double>> predict) {
        long start = System.nanoTime();
        List<Double> answers = predict.get();
        double seconds = (System.nanoTime() - start) * 1e-9;
        double[] predicted = answers.stream().mapToDouble(Double::doubleValue).toArray();
        double[] same = new double[truth.length];
        Arrays.fill(same, mean);
        return new RegressionScore(
                RegressionErrors.of(truth, predicted),
                RegressionErrors.of(truth, same),
                truth.length,
                seconds);
    }

    /**
     * {@return the figures for people; in English, whatever the machine's locale}
     *
     * @param what was answered: {@code texts}
     */
    public String text(String what) {
        return "                     model         mean\n"
                + row("mean absolute error", RegressionErrors::mae)
                + row("root mean squared  ", RegressionErrors::rmse)
                + row("R²                 ", RegressionErrors::r2)
                + String.format(Locale.ROOT, "%,d %s in %.1f s\n", texts, what, seconds);
    }

    private String row(String name, ToDoubleFunction<RegressionErrors> metric) {
        return String.format(
                Locale.ROOT,
                "%s  %-12.5g  %.5g\n",
                name,
                metric.applyAsDouble(model),
                metric.applyAsDouble(mean));
    }
}
