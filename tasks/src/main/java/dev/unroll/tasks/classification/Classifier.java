package dev.unroll.tasks.classification;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says which class a text is of.
 *
 * <pre>{@code
 * Classifier classifier = Classifier.load(Path.of("runs/imdb"));
 * Classification answer = classifier.predict("A film to remember.");
 * }</pre>
 */
public final class Classifier implements Predictor<String, Classification> {
    private final TextCoding coding;
    private final SequenceClassifier model;
    private final List<String> classes;

    Classifier(TextCoding coding, SequenceClassifier model, List<String> classes) {
        this.coding = coding;
        this.model = model;
        this.classes = List.copyOf(classes);
    }

    /**
     * The classifier of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static Classifier load(Path run) throws IOException {
        return Runs.load(ClassificationTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a classifier with the best weights
     */
    public static Classifier train(
            ClassificationRecipe recipe, Corpus<LabelledText> corpus, Path folder)
            throws IOException {
        return Runs.train(ClassificationTask.TASK, recipe, corpus, folder);
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classes;
    }

    @Override
    public List<Classification> predictAll(List<String> texts) {
        List<int[]> encoded = texts.stream().map(coding::encode).toList();
        int[] lengths = encoded.stream().mapToInt(t -> t.length).toArray();
        return InferenceBatches.byTokens(lengths, coding.together())
                .run(encoded, this::classifications);
    }

    @Override
    public List<String> examples() {
        return List.of(
                "A short one.",
                "This one has more words than the other, some twenty of them, so that it is of a"
                        + " middling length.");
    }

    private List<Classification> classifications(List<int[]> texts) {
        float[] probabilities = // [batch, classes]
                model.logits(Tokens.of(texts), Mode.INFERENCE).softmax().toArray();
        return IntStream.range(0, texts.size())
                .mapToObj(i -> Classification.of(classes, probabilities, i))
                .toList();
    }

    /** The contribution of each word to the predicted class: gradient times input. */
    public Explanation explain(String text) {
        return explain(text, 1);
    }

    /**
     * An explanation by the mean gradient along the way from zeros to the text (integrated
     * gradients, Sundararajan et al. 2017, eq. 3).
     *
     * @param steps points on the way; 1 is the text itself
     */
    public Explanation explain(String text, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("explain: at least one step, not " + steps);
        }
        Classification decision = predict(text);
        int label = classes.indexOf(decision.label());
        int[] ids = coding.encode(text);
        Tokens tokens = Tokens.of(List.of(ids));
        double[] contributions = new double[ids.length];
        double margin = 0;
        for (int step = 0; step < steps; step++) {
            float share = steps == 1 ? 1 : (step + 0.5f) / steps;
            Attribution at = MemoryScope.run(() -> attribution(tokens, label, share));
            margin = at.margin();
            for (int t = 0; t < ids.length; t++) {
                contributions[t] += at.contributions()[t] / steps;
            }
        }
        if (steps > 1) {
            margin = MemoryScope.run(() -> attribution(tokens, label, 1)).margin();
        }
        return new Explanation(
                decision,
                margin,
                words(WordAlignment.of(coding, text), coding.spans(text).front(), contributions));
    }

    /** Sums the tokens' contributions to those of their words; special tokens are the end's. */
    private static List<Explanation.Word> words(
            WordAlignment read, int front, double[] contributions) {
        double[] sums = new double[read.words().size()];
        double special = 0;
        for (int t = 0; t < contributions.length; t++) {
            int place = t - front; // among the tokens of the text
            if (place >= 0 && place < read.owners().length) {
                sums[read.owners()[place]] += contributions[t];
            } else {
                special += contributions[t];
            }
        }
        List<Explanation.Word> words = new ArrayList<>();
        for (int w = 0; w < sums.length; w++) {
            words.add(new Explanation.Word(read.words().get(w), sums[w]));
        }
        words.add(new Explanation.Word(Explanation.END, special));
        return words;
    }

    /** At one point of the way: the margin there, and gradient times input of each token. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Attribution(double margin, double[] contributions) {}

    private Attribution attribution(Tokens tokens, int label, float share) {
        Tensor input = model.embedding().forward(tokens.ids()); // [tokens, width]
        Tensor rows = input.times(share);
        Gradients gradients =
                Gradients.of(
                        () ->
                                margin(
                                        model.logits(
                                                new Sequences(rows, tokens.layout()),
                                                Mode.INFERENCE),
                                        label),
                        rows);
        float[] gradient = gradients.of(rows).toArray();
        float[] values = input.toArray();
        int width = input.dim(1);
        double[] contributions = new double[tokens.ids().length];
        for (int i = 0; i < values.length; i++) {
            contributions[i / width] += (double) gradient[i] * values[i];
        }
        return new Attribution(gradients.loss(), contributions);
    }

    /** The class's logit less the mean of the others'. */
    private static Tensor margin(Tensor logits, int label) {
        int classes = logits.dim(1);
        float[] weights = new float[classes];
        Arrays.fill(weights, -1f / (classes - 1));
        weights[label] = 1;
        return logits.times(Tensor.of(weights, 1, classes)).sum();
    }
}
