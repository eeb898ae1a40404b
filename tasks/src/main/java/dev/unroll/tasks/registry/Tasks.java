package dev.unroll.tasks.registry;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.services.Services;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.captioning.CaptioningTask;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.embedding.EmbeddingTask;
import dev.unroll.tasks.frames.FrameTask;
import dev.unroll.tasks.language.LanguageTask;
import dev.unroll.tasks.masks.MaskTask;
import dev.unroll.tasks.pairs.PairTask;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.regression.RegressionTask;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.tasks.tagging.TaggingTask;
import dev.unroll.tasks.task.Task;
import dev.unroll.tasks.translation.TranslationTask;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks that come with Unroll, and those that {@link Services} finds; does for a recipe or a
 * run whatever its task is.
 */
public final class Tasks {
    private static final List<Task<?, ?>> BUILT_IN =
            List.of(
                    TranslationTask.TASK,
                    ClassificationTask.TASK,
                    LanguageTask.TASK,
                    TaggingTask.TASK,
                    CaptioningTask.TASK,
                    FrameTask.TASK,
                    MaskTask.TASK,
                    RegressionTask.TASK,
                    PairTask.TASK,
                    EmbeddingTask.TASK);

    private Tasks() {}

    /**
     * All tasks, those that come with Unroll first.
     *
     * @throws IllegalStateException if two have the same name
     */
    public static List<Task<?, ?>> all() {
        return Services.byName(Task.class, task -> task.name(), BUILT_IN).values().stream()
                .<Task<?, ?>>map(task -> task)
                .toList();
    }

    /** The task of a recipe. */
    public static Task<?, ?> of(Recipe recipe) {
        return all().stream()
                .filter(task -> task.recipe().isInstance(recipe))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        recipe.getClass().getName()
                                                + " is the recipe of no task that is known"));
    }

    /**
     * Reads a recipe of any task and applies changes to it.
     *
     * @param changes like {@code training.epochs=3}
     * @param remarks gets a line where a change of {@code model.kind} drops keys that the new kind
     *     does not have
     * @throws dev.unroll.tasks.recipe.RecipeException if it is not a recipe; the message names the
     *     file, the key and what is allowed
     */
    public static Recipe read(Path file, List<String> changes, List<String> remarks)
            throws IOException {
        return RecipeFile.read(types(), file, changes, remarks);
    }

    /** Reads a recipe of any task from text; {@code name} stands for it in messages. */
    public static Recipe parse(
            String yaml, List<String> changes, String name, List<String> remarks) {
        return RecipeFile.parse(types(), yaml, changes, name, remarks);
    }

    /** Reads a run's recipe and applies changes to it. */
    public static Recipe read(RunFolder run, List<String> changes) throws IOException {
        run.requireRun();
        return read(run.recipe(), changes, new ArrayList<>());
    }

    private static List<Class<? extends Recipe>> types() {
        List<Class<? extends Recipe>> types = new ArrayList<>();
        all().forEach(task -> types.add(task.recipe()));
        return types;
    }

    /**
     * Loads a recipe's data and makes its training ready in a run's folder.
     *
     * @see Task#prepare
     */
    public static TrainingRun prepare(Recipe recipe, RunFolder run, DataFiles files)
            throws IOException {
        RecipeFile.requireLocations(recipe);
        return prepare(of(recipe), recipe, run, files);
    }

    private static <R extends Recipe> TrainingRun prepare(
            Task<R, ?> task, Recipe recipe, RunFolder run, DataFiles files) throws IOException {
        return task.prepare(task.recipe().cast(recipe), run, files);
    }

    /**
     * The objective that a trained run was trained on, with its weights.
     *
     * @see Task#objective
     */
    public static Objective<?> objective(Recipe recipe, RunFolder run, DataFiles files)
            throws IOException {
        RecipeFile.requireLocations(recipe);
        return objective(of(recipe), recipe, run, files);
    }

    private static <R extends Recipe> Objective<?> objective(
            Task<R, ?> task, Recipe recipe, RunFolder run, DataFiles files) throws IOException {
        return task.objective(task.recipe().cast(recipe), run, files);
    }

    /**
     * Examples of a run's validation set with its model's answers.
     *
     * @see Task#samples
     */
    public static List<Sample> samples(Recipe recipe, RunFolder run, int count, DataFiles files)
            throws IOException {
        RecipeFile.requireLocations(recipe);
        return samples(of(recipe), recipe, run, count, files);
    }

    private static <R extends Recipe> List<Sample> samples(
            Task<R, ?> task, Recipe recipe, RunFolder run, int count, DataFiles files)
            throws IOException {
        return task.samples(task.recipe().cast(recipe), run, count, files);
    }

    /**
     * Measures a run's model on its data.
     *
     * @see Task#evaluate
     */
    public static Report evaluate(Recipe recipe, RunFolder run, Split split, DataFiles files)
            throws IOException {
        RecipeFile.requireLocations(recipe);
        return evaluate(of(recipe), recipe, run, split, files);
    }

    private static <R extends Recipe> Report evaluate(
            Task<R, ?> task, Recipe recipe, RunFolder run, Split split, DataFiles files)
            throws IOException {
        return task.evaluate(task.recipe().cast(recipe), run, split, files);
    }
}
