package dev.unroll.tasks.classification;

import dev.unroll.backend.Workspace;
import dev.unroll.data.Batches;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.SequenceClassifier;
import dev.unroll.tasks.data.LabelledText;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.train.Objective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learning classes: texts as numbers, in batches, and their loss. */
final class ClassificationLesson implements Objective<ClassificationLesson.Batch> {

    /**
     * Some texts.
     *
     * @param texts as numbers
     * @param labels [batch]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(Tokens texts, int[] labels) {}

    /**
     * Texts as numbers.
     *
     * @param texts each with the end token behind
     * @param labels of each
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Encoded(List<int[]> texts, int[] labels) {

        static Encoded of(List<LabelledText> texts, ClassNames classes, Coding coding) {
            return new Encoded(
                    texts.parallelStream().map(t -> coding.encode(t.text())).toList(),
                    texts.stream().mapToInt(t -> classes.number(t.label())).toArray());
        }
    }

    private final SequenceClassifier model;
    private final ClassNames classes;
    private final TrainingRecipe how;
    private final Encoded training;
    private final Encoded validation;

    ClassificationLesson(
            SequenceClassifier model,
            ClassNames classes,
            TrainingRecipe how,
            Encoded training,
            Encoded validation) {
        this.model = model;
        this.classes = classes;
        this.how = how;
        this.training = training;
        this.validation = validation;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Parameters.of(model);
    }

    @Override
    public List<Batch> batches(int epoch) {
        return batches(training, how.seed(), epoch);
    }

    private List<Batch> batches(Encoded texts, long seed, int epoch) {
        int[] lengths = texts.texts().stream().mapToInt(t -> t.length).toArray();
        return Arrays.stream(Batches.epoch(lengths, how.batchTokens(), seed, epoch))
                .map(
                        group ->
                                new Batch(
                                        Tokens.of(
                                                Arrays.stream(group)
                                                        .mapToObj(texts.texts()::get)
                                                        .toList()),
                                        Arrays.stream(group).map(i -> texts.labels()[i]).toArray()))
                .toList();
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return model.loss(batch.texts(), batch.labels(), mode);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.texts().ids().length;
    }

    /** Loss, accuracy and macro-F1 of the validation set. */
    @Override
    public Map<String, Double> validate() {
        double sum = 0;
        Confusion confusion = Confusion.none(classes.names());
        for (Batch batch : batches(validation, 0, 0)) {
            Answers answers = Workspace.run(() -> answers(batch));
            sum += answers.loss() * batch.labels().length;
            confusion =
                    confusion.plus(
                            Confusion.of(classes.names(), batch.labels(), answers.classes()));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", sum / Math.max(1, validation.labels().length));
        figures.put("accuracy", confusion.accuracy());
        figures.put("macroF1", confusion.macroF1());
        return figures;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answers(double loss, int[] classes) {}

    private Answers answers(Batch batch) {
        Tensor logits = model.logits(batch.texts(), Mode.INFERENCE); // [batch, classes]
        double loss = CrossEntropy.mean(logits, batch.labels(), 0).item();
        return new Answers(loss, logits.argMax());
    }
}
