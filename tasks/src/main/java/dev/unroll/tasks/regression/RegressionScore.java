package dev.unroll.tasks.regression;

import dev.unroll.tasks.metrics.RegressionErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        double[] truth = texts.stream().mapToDouble(TextValue::value).toArray();
        long start = System.nanoTime();
        List<Double> answers = regressor.predictAll(texts.stream().map(TextValue::text).toList());
        double seconds = (System.nanoTime() - start) * 1e-9;
        double[] predicted = answers.stream().mapToDouble(Double::doubleValue).toArray();
        double[] same = new double[truth.length];
        Arrays.fill(same, learnt.stream().mapToDouble(TextValue::value).average().orElse(0));
        return new RegressionScore(
                RegressionErrors.of(truth, predicted),
                RegressionErrors.of(truth, same),
                texts.size(),
                seconds);
    }

    /** For people; English, whatever the machine's locale. */
    String text() {
        return "                     model         mean\n"
                + row("mean absolute error", RegressionErrors::mae)
                + row("root mean squared  ", RegressionErrors::rmse)
                + row("R²                 ", RegressionErrors::r2)
                + String.format(Locale.ROOT, "%,d texts in %.1f s\n", texts, seconds);
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
