package dev.unroll.tasks.language;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.random.Noise;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.train.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Learning what comes next, from pieces of one long text. */
@SuppressWarnings("ArrayRecordComponent")
record LanguageObjective(
        LanguageModel model, LanguageRecipe recipe, int[] training, int[] validation)
        implements Objective<LanguageObjective.Batch> {
    /** Tokens that are measured together: no more memory than a step of training takes. */
    private static final int TOGETHER = 1_024;

    /** Where the pieces of a batch begin. */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(int[] starts, int length) {}

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<Batch> batches(int epoch) {
        LanguageData data = recipe.data();
        int length = Math.min(data.length(), training.length - 1);
        int places = training.length - length;
        long key = Noise.key(Noise.key(recipe.training().seed(), "pieces"), epoch);
        return IntStream.range(0, data.batches())
                .mapToObj(b -> IntStream.range(b * data.batch(), (b + 1) * data.batch()))
                .map(numbers -> numbers.map(i -> (int) (Noise.uniform(key, i) * places)))
                .map(starts -> new Batch(starts.toArray(), length))
                .toList();
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return loss(model, training, batch, mode);
    }

    private static Tensor loss(LanguageModel model, int[] text, Batch batch, Mode mode) {
        int length = batch.length();
        int[] before = new int[batch.starts().length * length];
        int[] after = new int[before.length];
        for (int i = 0; i < batch.starts().length; i++) {
            System.arraycopy(text, batch.starts()[i], before, i * length, length);
            System.arraycopy(text, batch.starts()[i] + 1, after, i * length, length);
        }
        Tokens pieces = new Tokens(before, Layout.even(batch.starts().length, length));
        return model.loss(pieces, after, mode);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.starts().length * batch.length();
    }

    @Override
    public Map<String, Double> validate() {
        double loss = loss(model, validation, recipe.data().length());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("perplexity", Math.exp(loss));
        return metrics;
    }

    /**
     * The mean loss of a token in nats, the text read in pieces side by side, each with nothing
     * known of what came before it.
     */
    static double loss(LanguageModel model, int[] text, int wanted) {
        int length = Math.min(wanted, text.length - 1);
        int pieces = (text.length - 1) / length;
        int together = Math.max(1, TOGETHER / length);
        double sum = 0;
        for (int from = 0; from < pieces; from += together) {
            int count = Math.min(together, pieces - from);
            int first = from;
            int[] starts = IntStream.range(0, count).map(i -> (first + i) * length).toArray();
            Batch batch = new Batch(starts, length);
            sum +=
                    count
                            * MemoryScope.run(
                                    () -> (double) loss(model, text, batch, Mode.INFERENCE).item());
        }
        return sum / pieces;
    }
}
