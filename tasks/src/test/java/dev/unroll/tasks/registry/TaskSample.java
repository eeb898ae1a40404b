package dev.unroll.tasks.registry;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.watch.Observed;
import dev.unroll.watch.ObservedPass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A small training of a task, to hold it to the contract of all.
 *
 * @param yaml the recipe
 * @param corpus small, of more than a batch
 * @param inputs what the predictor is asked
 * @param fixed a change of the recipe that needs another run
 */
public record TaskSample<R extends Recipe, E, I, O>(
        TaskDefinition<R, E, ?, ?, ? extends Predictor<I, O>> task,
        String yaml,
        Corpus<E> corpus,
        List<I> inputs,
        String fixed) {

    private static final String LAYERS = "{kind: gru, width: 8, hidden: 8, dropout: 0.1}";

    /** Makes the sample of a task, in a public class with a constructor without parameters. */
    public interface Maker {
        /** Makes it; what it needs of files is written into the folder. */
        TaskSample<?, ?, ?, ?> make(Path folder) throws IOException;
    }

    public static <E> List<E> many(int count, IntFunction<E> example) {
        return IntStream.range(0, count).mapToObj(example).toList();
    }

    public static String yaml(String task, String more) {
        return """
        task: %s
        model: %s
        training: {epochs: 3, batchTokens: 40, learningRate: 0.01, validation: {average: 2}}
        """
                        .formatted(task, LAYERS)
                + more;
    }

    TrainingRun prepare(Path run, String... changes) throws IOException {
        return prepare(task, run, changes);
    }

    private <F, M, P extends Predictor<I, O>> TrainingRun prepare(
            TaskDefinition<R, E, F, M, P> same, Path run, String... changes) throws IOException {
        R recipe = RecipeFile.parse(same.recipe(), yaml, changes);
        return Runs.prepare(same, recipe, corpus, new RunFolder(run));
    }

    /** Looks at the gradients of a trained run. */
    Observed observed(Path run) throws IOException {
        return observed(task, new RunFolder(run));
    }

    private <F, M, P extends Predictor<I, O>> Observed observed(
            TaskDefinition<R, E, F, M, P> same, RunFolder run) throws IOException {
        Runs.Trained<R, F, M, P> trained = Runs.trained(same, run);
        return ObservedPass.ofFirstBatch(
                same.setup(trained.recipe(), trained.fitted(), trained.model(), corpus)
                        .objective());
    }

    /** Examples of the validation set with a trained run's answers. */
    List<Sample> examples(Path run) throws IOException {
        return examples(task, new RunFolder(run));
    }

    private <F, M, P extends Predictor<I, O>> List<Sample> examples(
            TaskDefinition<R, E, F, M, P> same, RunFolder run) throws IOException {
        return same.samples(same.load(run), corpus.validation());
    }

    /** The metrics of a trained run on the validation set. */
    Report measured(Path run) throws IOException {
        return measured(task, new RunFolder(run));
    }

    private <F, M, P extends Predictor<I, O>> Report measured(
            TaskDefinition<R, E, F, M, P> same, RunFolder run) throws IOException {
        R recipe = run.readRecipe(same.recipe());
        return same.evaluate(same.load(run), recipe, corpus, Split.VALIDATION);
    }

    Predictor<I, O> load(Path run) throws IOException {
        return Runs.load(task, run);
    }

    /** The answers of a predictor in a form that can be compared. */
    List<String> answers(Predictor<I, O> predictor) {
        return predictor.predictAll(inputs).stream().map(TaskSample::text).toList();
    }

    private static String text(Object answer) {
        return answer instanceof List<?> several
                ? several.stream().map(TaskSample::text).toList().toString()
                : answer instanceof float[] vector
                        ? java.util.Arrays.toString(vector)
                        : answer instanceof dev.unroll.formats.image.ImageMask mask
                                ? java.util.Arrays.toString(mask.inside())
                                : String.valueOf(answer);
    }

    @Override
    public String toString() {
        return task.name();
    }
}
