package dev.unroll.own;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.run.JsonArtefact;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A task of one's own, as a user would write it in one file and register it in one line: whether
 * more than half of a number's bits are set.
 */
public final class MajorityTask
        implements TaskDefinition<
                MajorityTask.MajorityRecipe, Integer, Integer, Linear, MajorityTask.Majority> {

    /** A recipe: how many bits a number has, and how the model is trained. */
    @JsonTypeName("majority")
    public record MajorityRecipe(int bits, TrainingRecipe training) implements Recipe {}

    /** Says whether more than half of a number's bits are set. */
    public record Majority(Linear model, int bits) implements Predictor<Integer, Boolean> {
        @Override
        public List<Boolean> predictAll(List<Integer> numbers) {
            if (numbers.isEmpty()) {
                return List.of();
            }
            float[] logits = model.forward(rows(numbers, bits)).toArray();
            return IntStream.range(0, numbers.size())
                    .mapToObj(i -> logits[2 * i + 1] > logits[2 * i])
                    .toList();
        }

        /** Trains on numbers of one's own. */
        public static Majority train(MajorityRecipe recipe, Corpus<Integer> corpus, Path folder)
                throws IOException {
            return Runs.train(new MajorityTask(), recipe, corpus, folder);
        }
    }

    /** The share of right answers. */
    public record Score(double accuracy) {}

    /** The number of training examples, as an example of what a task fits. */
    private static final JsonArtefact<Integer, int[]> COUNT =
            new JsonArtefact<>(
                    "count.json",
                    int[].class,
                    count -> count[0],
                    count -> new int[] {count},
                    "the run does not know its count",
                    "is no list of a number");

    @Override
    public Class<MajorityRecipe> recipe() {
        return MajorityRecipe.class;
    }

    /** All numbers of so many bits. */
    @Override
    public Corpus<Integer> corpus(MajorityRecipe recipe, DataFiles files) {
        return Corpus.of("numbers", IntStream.range(0, 1 << recipe.bits()).boxed().toList());
    }

    @Override
    public Integer fitted(Fitting<MajorityRecipe, Integer> fitting) throws IOException {
        return fitting.once(COUNT, (recipe, corpus) -> corpus.train().size());
    }

    @Override
    public Linear model(MajorityRecipe recipe, Integer count, Seed seed) {
        return Linear.of(recipe.bits(), 2, seed);
    }

    @Override
    public TrainingSetup setup(
            MajorityRecipe recipe, Integer count, Linear model, Corpus<Integer> corpus) {
        Objective<List<Integer>> objective =
                new Objective<>() {
                    @Override
                    public Map<String, Parameter> parameters() {
                        return Parameters.of(model);
                    }

                    @Override
                    public List<List<Integer>> batches(int epoch) {
                        return List.of(corpus.train());
                    }

                    @Override
                    public Tensor loss(List<Integer> batch, Mode mode) {
                        int[] labels = batch.stream().mapToInt(n -> label(n, recipe)).toArray();
                        return CrossEntropy.mean(
                                model.forward(rows(batch, recipe.bits())), labels, 0);
                    }

                    @Override
                    public Map<String, Double> validate() {
                        return Map.of(
                                "loss", (double) loss(corpus.validation(), Mode.INFERENCE).item());
                    }
                };
        return new TrainingSetup(objective, "%s: %d".formatted(corpus.name(), count));
    }

    @Override
    public Majority predictor(MajorityRecipe recipe, Integer count, Linear model) {
        return new Majority(model, recipe.bits());
    }

    @Override
    public Report evaluate(
            Majority predictor, MajorityRecipe recipe, Corpus<Integer> corpus, Split split) {
        List<Integer> numbers = corpus.part(split, "'bits'");
        List<Boolean> answers = predictor.predictAll(numbers);
        double right =
                IntStream.range(0, numbers.size())
                        .mapToDouble(
                                i -> answers.get(i) == (label(numbers.get(i), recipe) == 1) ? 1 : 0)
                        .average()
                        .orElse(0);
        return new Report(new Score(right), "accuracy %.4f".formatted(right));
    }

    private static int label(int number, MajorityRecipe recipe) {
        return 2 * Integer.bitCount(number) > recipe.bits() ? 1 : 0;
    }

    /** [numbers, bits], each -1 or 1. */
    private static Tensor rows(List<Integer> numbers, int bits) {
        float[] rows = new float[numbers.size() * bits];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (numbers.get(i / bits) >> (i % bits) & 1) == 1 ? 1 : -1;
        }
        return Tensor.of(rows, numbers.size(), bits);
    }
}
