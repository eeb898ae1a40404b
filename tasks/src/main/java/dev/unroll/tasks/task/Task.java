package dev.unroll.tasks.task;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Something that models learn to do, such as translating. A recipe's {@code task} names it.
 *
 * <p>A task is written as a {@link TaskDefinition}, which says only what is particular about it. To
 * make it known, list it as a provider of this interface, by {@code provides} in a module or by a
 * line in {@code META-INF/services}.
 *
 * @param <R> the recipe of a training
 * @param <P> what a trained run is loaded into
 */
public interface Task<R extends Recipe, P extends Predictor<?, ?>> {

    /** The recipe's class, whose {@code JsonTypeName} is the task's name. */
    Class<R> recipe();

    /** The value of a recipe's key {@code task}. */
    default String name() {
        return RecipeFile.task(recipe());
    }

    /**
     * Keys of a recipe that may change when a training goes on or a run is measured. All others
     * belong to the weights, and so does {@code training.seed}, which says which examples are held
     * out.
     */
    default Set<String> changeable() {
        return Set.of("training", "decoding");
    }

    /**
     * Loads a recipe's data and makes a training ready in a run's folder, from the start or from
     * where the folder's last checkpoint stands.
     *
     * @param files finds or fetches the files of published data sets
     * @throws RunException if the folder holds a run that the recipe does not fit
     */
    TrainingRun prepare(R recipe, RunFolder run, DataFiles files) throws IOException;

    /**
     * The predictor of a trained run.
     *
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    P load(RunFolder run) throws IOException;

    /**
     * The objective that a trained run was trained on, with its weights, to look at its gradients.
     *
     * @param recipe the run's
     * @throws RunException if the run has no weights, or if the task has no objective
     */
    default Objective<?> objective(R recipe, RunFolder run, DataFiles files) throws IOException {
        throw new RunException(
                "%s is a run of '%s', a task without gradients".formatted(run.directory(), name()));
    }

    /**
     * Examples of a run's validation set with its model's answers.
     *
     * @param recipe the run's
     * @param count at most
     * @return as text for people; none where a task's examples are not text
     */
    default List<Sample> samples(R recipe, RunFolder run, int count, DataFiles files)
            throws IOException {
        return List.of();
    }

    /**
     * Measures a run's model on its data.
     *
     * @param recipe the run's, or with changes of {@link #changeable()} keys
     */
    Report evaluate(R recipe, RunFolder run, Split split, DataFiles files) throws IOException;
}
