package dev.unroll.tasks.regression;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.metrics.RegressionErrors;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.EncodedTexts;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.task.SupervisedObjective;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Batches;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Training a network that gives each text a number.
 *
 * @param model the network
 * @param scale of the numbers
 * @param loss of a prediction
 * @param recipe of the training
 * @param train the training set
 * @param validation the validation set
 * @param rates how fast each parameter learns
 */
public record RegressionObjective(
        SequenceClassifier model,
        TargetScale scale,
        RegressionRecipe.Loss loss,
        Recipe recipe,
        List<Example> train,
        List<Example> validation,
        FineTuning.Rates rates)
        implements SupervisedObjective<RegressionObjective.Example, RegressionObjective.Batch> {

    /**
     * A text as numbers.
     *
     * @param text with special tokens
     * @param value as it is given
     */
    public record Example(EncodedText text, double value) {
        /**
         * {@return examples as numbers}
         *
         * @param examples of a text or two and their number
         * @param encode the texts of an example
         * @param value the number of an example
         */
        public static <E> List<Example> of(
                List<E> examples, Function<E, EncodedText> encode, ToDoubleFunction<E> value) {
            return examples.parallelStream()
                    .map(e -> new Example(encode.apply(e), value.applyAsDouble(e)))
                    .toList();
        }
    }

    /**
     * Some texts.
     *
     * @param texts as numbers
     * @param values [batch], as they are given
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Batch(EncodedTexts texts, double[] values) {}

    @Override
    public int[][] groups(List<Example> examples, int budget, long seed, int epoch) {
        return Batches.epoch(
                examples.stream().mapToInt(e -> e.text().length()).toArray(), budget, seed, epoch);
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        return new Batch(
                EncodedTexts.of(some.stream().map(Example::text).toList()),
                some.stream().mapToDouble(Example::value).toArray());
    }

    @Override
    public int targets(Batch batch) {
        return batch.values().length;
    }

    @Override
    public double rate(String parameter) {
        return rates.of(parameter);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.texts().size();
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        Tensor predictions = batch.texts().logits(model, mode); // [batch, 1]
        float[] targets = new float[batch.values().length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = scale.standard(batch.values()[i]);
        }
        return loss.of(predictions, Tensor.of(targets, targets.length, 1));
    }

    /** The loss, and the errors in the numbers' own units, on the validation set. */
    @Override
    public Map<String, Double> validate() {
        List<Batch> batches = validationBatches();
        double[] truth = batches.stream().flatMapToDouble(b -> Arrays.stream(b.values())).toArray();
        double[] predicted =
                batches.stream().flatMapToDouble(b -> Arrays.stream(predictions(b))).toArray();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", validationLoss());
        if (truth.length == 0) {
            return metrics;
        }
        RegressionErrors errors = RegressionErrors.of(truth, predicted);
        metrics.put("mae", errors.mae());
        metrics.put("rmse", errors.rmse());
        metrics.put("r2", errors.r2());
        return metrics;
    }

    private double[] predictions(Batch batch) {
        float[] standard =
                MemoryScope.run(() -> batch.texts().logits(model, Mode.INFERENCE).toArray());
        double[] predictions = new double[standard.length];
        for (int i = 0; i < standard.length; i++) {
            predictions[i] = scale.value(standard[i]);
        }
        return predictions;
    }
}
