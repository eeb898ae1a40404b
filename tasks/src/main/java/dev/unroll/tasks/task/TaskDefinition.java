package dev.unroll.tasks.task;

import dev.unroll.backend.Backends;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.util.List;

/**
 * The parts that each task defines for itself; {@link Runs} does the rest for all tasks.
 *
 * @param <R> the recipe of a training
 * @param <E> an example of the data
 * @param <F> what is fitted on the training set besides the weights, such as a tokenizer
 * @param <M> the model: a record of layers
 * @param <P> what a trained run is loaded into
 */
public interface TaskDefinition<R extends Recipe, E, F, M, P extends Predictor<?, ?>>
        extends Task<R, P> {

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published data sets
     */
    Corpus<E> corpus(R recipe, DataFiles files) throws IOException;

    /**
     * What tells an example apart from all others, so that a run knows which examples it was
     * trained on when its data change.
     *
     * @return a text that is the same for the same example, whichever part of the data it is in and
     *     wherever the data lie; if not overridden, the example's own, which suits records of texts
     *     and numbers
     */
    default String identity(E example) {
        return example.toString();
    }

    /** {@return a file's name without its folders, for {@link #identity} of data that may move} */
    static String withoutFolders(String file) {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /** The parts that are fitted on the training set, or read from the run's folder. */
    F fitted(Fitting<R, E> fitting) throws IOException;

    /** The model with first weights, or, with {@link Seed#BLANK}, one whose weights are read. */
    M model(R recipe, F fitted, Seed seed);

    /** The objective that the model is trained on. */
    TrainingSetup setup(R recipe, F fitted, M model, Corpus<E> corpus) throws IOException;

    /** The predictor that answers inputs with a trained model. */
    P predictor(R recipe, F fitted, M model);

    /**
     * The network that other engines compute answers with.
     *
     * @return the model, if not overridden: what is done to its numbers behind it is little
     */
    default Object exported(R recipe, F fitted, M model) {
        return model;
    }

    /** Measures a predictor on a part of the data. */
    Report evaluate(P predictor, R recipe, Corpus<E> corpus, Split split) throws IOException;

    /**
     * Examples with a predictor's answers, as text for people.
     *
     * @return one for each example; none where a task's examples are not text
     */
    default List<Sample> samples(P predictor, List<E> examples) {
        return List.of();
    }

    @Override
    default List<Sample> samples(R recipe, RunFolder run, int count, DataFiles files)
            throws IOException {
        return Runs.samples(this, recipe, run, count, files);
    }

    @Override
    default TrainingRun prepare(R recipe, RunFolder run, DataFiles files) throws IOException {
        Runs.requireSame(this, recipe, run);
        return Runs.prepare(this, recipe, corpus(recipe, files), run);
    }

    @Override
    default P load(RunFolder run) throws IOException {
        var _ = Backends.current().warmUp(); // goes on while the run is read
        return Runs.trained(this, run).predictor();
    }

    @Override
    default Objective<?> objective(R recipe, RunFolder run, DataFiles files) throws IOException {
        return Runs.objective(this, recipe, run, files);
    }

    @Override
    default Report evaluate(R recipe, RunFolder run, Split split, DataFiles files)
            throws IOException {
        return Runs.evaluate(this, recipe, run, split, files);
    }
}
