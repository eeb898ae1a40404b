package dev.unroll.tasks.regression;

import dev.unroll.data.Corpus;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives a text a number.
 *
 * <pre>{@code
 * TextRegressor regressor = TextRegressor.load(Path.of("runs/prices"));
 * double price = regressor.predict("a red bicycle, hardly used");
 * }</pre>
 */
public final class TextRegressor implements Predictor<String, Double> {
    private final TextCoding coding;
    private final SequenceClassifier model;
    private final TargetScale scale;

    TextRegressor(TextCoding coding, SequenceClassifier model, TargetScale scale) {
        this.coding = coding;
        this.model = model;
        this.scale = scale;
    }

    /**
     * The regressor of a run.
     *
     * @param run the run's folder
     * @return a regressor, safe from many threads
     * @throws IOException if a file of the run cannot be read
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static TextRegressor load(Path run) throws IOException {
        return Runs.load(RegressionTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param recipe of the training
     * @param corpus of texts and their numbers
     * @param folder of the run; what is there of a former run is removed
     * @return a regressor with the best weights
     * @throws IOException if the folder cannot be written
     */
    public static TextRegressor train(
            RegressionRecipe recipe, Corpus<TextValue> corpus, Path folder) throws IOException {
        return Runs.train(RegressionTask.TASK, recipe, corpus, folder);
    }

    @Override
    public List<Double> predictAll(List<String> texts) {
        List<int[]> encoded = texts.stream().map(coding::encode).toList();
        int[] lengths = encoded.stream().mapToInt(t -> t.length).toArray();
        return InferenceBatches.byTokens(lengths, coding.together()).run(encoded, this::values);
    }

    private List<Double> values(List<int[]> texts) {
        float[] standard = model.logits(Tokens.of(texts), Mode.INFERENCE).toArray(); // [batch, 1]
        return IntStream.range(0, standard.length).mapToObj(i -> scale.value(standard[i])).toList();
    }
}
