package dev.unroll.tasks.task;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Seed;
import dev.unroll.random.Noise;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunLock;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/** Trains, resumes, loads and measures runs of any task. */
public final class Runs {
    private Runs() {}

    /**
     * Makes a training ready in a run's folder, from the start or from where the folder's last
     * checkpoint stands.
     *
     * @throws RunException if the folder holds a run that the recipe or the data do not fit
     */
    public static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> TrainingRun prepare(
            TaskDefinition<R, E, F, M, P> task, R recipe, Corpus<E> corpus, RunFolder run)
            throws IOException {
        requireSame(task, recipe, run);
        RunLock lock = TrainingRun.claim(run);
        try {
            Corpus<E> kept = TrainingRun.goesOn(run) ? kept(task, corpus, run) : corpus;
            Corpus<E> learnt = learnt(task, recipe.training(), kept);
            F fitted = task.fitted(Fitting.of(run, recipe, learnt));
            M model = task.model(recipe, fitted, new Seed(recipe.training().seed()));
            TrainingSetup setup = task.setup(recipe, fitted, model, learnt);
            List<String> remarks = new ArrayList<>();
            if (TrainingRun.goesOn(run)) {
                remarks.addAll(Manifest.goesOnElse(run));
            }
            remarks.addAll(kept.remarks());
            remarks.addAll(setup.remarks());
            return TrainingRun.of(
                    run,
                    recipe,
                    model,
                    setup.objective(),
                    setup.summary(),
                    remarks,
                    DataRecord.of(kept, task::identity)::write);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The data with as much of the training set as the recipe learns from. */
    private static <E> Corpus<E> learnt(
            TaskDefinition<?, E, ?, ?, ?> task, TrainingRecipe how, Corpus<E> corpus) {
        Integer count = how.examples();
        if (count == null || count >= corpus.train().size()) {
            return corpus;
        }
        long key = Noise.key(how.seed(), "examples");
        List<E> drawn =
                corpus.train().stream()
                        .sorted(Comparator.comparingLong(e -> Noise.key(key, task.identity(e))))
                        .limit(count)
                        .toList();
        return corpus.training(drawn);
    }

    /** The data, each example in the part in which it was when the run was trained. */
    private static <R extends Recipe, E> Corpus<E> kept(
            TaskDefinition<R, E, ?, ?, ?> task, Corpus<E> corpus, RunFolder run)
            throws IOException {
        Optional<DataRecord> before = DataRecord.read(run);
        return before.isPresent() ? before.get().keep(corpus, task::identity) : corpus;
    }

    /**
     * Trains from beginning to end.
     *
     * @param folder of the run; a former run in it is removed
     * @return a predictor with the best weights
     * @throws RunException if the training is to begin with the very run that would be removed
     */
    public static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> P train(
            TaskDefinition<R, E, F, M, P> task, R recipe, Corpus<E> corpus, Path folder)
            throws IOException {
        requireOther(recipe, folder);
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(task, recipe, corpus, run).run();
        return task.load(run);
    }

    private static void requireOther(Recipe recipe, Path folder) throws IOException {
        Optional<PretrainedRecipe> begins = RecipeFile.pretrained(recipe);
        if (begins.isPresent() && Files.exists(folder)) {
            Path first = Path.of(begins.get().pretrained());
            if (Files.exists(first) && Files.isSameFile(first, folder)) {
                throw new RunException(
                        "%s is the run that the training begins with, and would be removed; name another folder for the new run"
                                .formatted(folder));
            }
        }
    }

    /**
     * The predictor of a trained run.
     *
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static <R extends Recipe, P extends Predictor<?, ?>> P load(Task<R, P> task, Path run)
            throws IOException {
        return task.load(new RunFolder(run));
    }

    /**
     * A trained run, read from its folder.
     *
     * @param task that it was
     * @param recipe what was trained on what, and how
     * @param fitted on the training set
     * @param model with its weights
     */
    public record Trained<R extends Recipe, F, M, P extends Predictor<?, ?>>(
            TaskDefinition<R, ?, F, M, P> task, R recipe, F fitted, M model) {

        P predictor() {
            return task.predictor(recipe, fitted, model);
        }

        /** {@return the network that other engines compute answers with} */
        public Object exported() {
            return task.exported(recipe, fitted, model);
        }
    }

    /**
     * Reads a run. Its files are read side by side: whoever asks for a single answer waits for
     * little else.
     *
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static <R extends Recipe, E, F, M, P extends Predictor<?, ?>>
            Trained<R, F, M, P> trained(TaskDefinition<R, E, F, M, P> task, RunFolder run)
                    throws IOException {
        run.requireModel();
        try (FileChannel channel = FileChannel.open(run.model())) {
            FutureTask<SafetensorsFile> weights =
                    begun(
                            () ->
                                    SafetensorsFile.of(
                                            SafetensorsFile.Bytes.of(channel),
                                            run.model().toString()));
            FutureTask<F> fitting = begun(() -> task.fitted(Fitting.trained(run)));
            FutureTask<Boolean> checked = begun(() -> checked(run));
            R recipe = run.readRecipe(task.recipe());
            F fitted = result(fitting);
            M model = blank(task, recipe, fitted, run, weights);
            Weights.set(model, result(weights));
            result(checked); // last: a file that cannot be read at all says more itself
            return new Trained<>(task, recipe, fitted, model);
        }
    }

    /** A recipe that was damaged may ask for a network of any size. */
    private static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> M blank(
            TaskDefinition<R, E, F, M, P> task,
            R recipe,
            F fitted,
            RunFolder run,
            FutureTask<SafetensorsFile> weights)
            throws IOException {
        try {
            return task.model(recipe, fitted, Seed.blank(Files.size(run.model()) / Short.BYTES));
        } catch (IllegalArgumentException e) {
            result(weights); // if it is their file that is damaged, this says so
            RunException named = new RunException(run.recipe() + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static boolean checked(RunFolder run) throws IOException {
        Manifest.requireUsed(run);
        if (Manifest.isChanged(run, run.recipe())) {
            System.getLogger("dev.unroll")
                    .log(
                            Level.WARNING,
                            "{0} is not as the training wrote it; if you did not change it, take it"
                                    + " from a copy",
                            run.recipe());
        }
        return true;
    }

    /**
     * The objective of a trained run, with its weights.
     *
     * @param recipe the run's, or with changes of the task's {@link Task#changeable()} keys
     * @throws RunException if the run's weights do not belong to the recipe
     */
    static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> Objective<?> objective(
            TaskDefinition<R, E, F, M, P> task, R recipe, RunFolder run, DataFiles files)
            throws IOException {
        run.requireModel();
        requireSame(task, recipe, run);
        Trained<R, F, M, P> trained = trained(task, run);
        Corpus<E> corpus = kept(task, task.corpus(recipe, files), run);
        return task.setup(recipe, trained.fitted(), trained.model(), corpus).objective();
    }

    private static int place(int i, int count, int size) {
        return size <= count ? i : (int) ((long) i * size / count);
    }

    /** Examples of a run's validation set, evenly spread over it, with its model's answers. */
    static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> List<Sample> samples(
            TaskDefinition<R, E, F, M, P> task, R recipe, RunFolder run, int count, DataFiles files)
            throws IOException {
        run.requireModel();
        requireSame(task, recipe, run);
        List<E> all = kept(task, task.corpus(recipe, files), run).validation();
        List<E> some =
                IntStream.range(0, Math.min(count, all.size()))
                        .mapToObj(i -> all.get(place(i, count, all.size())))
                        .toList();
        return task.samples(trained(task, run).predictor(), some);
    }

    /**
     * Measures a run's model on its data.
     *
     * @param recipe the run's, or with changes of the task's {@link Task#changeable()} keys
     * @throws RunException if the run's weights do not belong to the recipe
     */
    static <R extends Recipe, E, F, M, P extends Predictor<?, ?>> Report evaluate(
            TaskDefinition<R, E, F, M, P> task,
            R recipe,
            RunFolder run,
            Split split,
            DataFiles files)
            throws IOException {
        run.requireModel();
        requireSame(task, recipe, run);
        Trained<R, F, M, P> trained = trained(task, run);
        P predictor = task.predictor(recipe, trained.fitted(), trained.model());
        Corpus<E> corpus = kept(task, task.corpus(recipe, files), run);
        List<String> remarks = new ArrayList<>(corpus.remarks());
        Manifest.computesElse(run).ifPresent(remarks::add);
        return task.evaluate(predictor, recipe, corpus, split).with(remarks);
    }

    /**
     * Refuses a recipe that differs from a run's in more than its task's {@link Task#changeable()}
     * keys. A folder without a run fits every recipe.
     *
     * @throws RunException that names the key that differs
     */
    static <R extends Recipe> void requireSame(Task<R, ?> task, R recipe, RunFolder run)
            throws IOException {
        if (!Files.isRegularFile(run.recipe())) {
            return;
        }
        List<String> changed =
                RecipeFile.differences(run.readRecipe(task.recipe()), recipe).stream()
                        .filter(key -> !mayChange(task, key))
                        .toList();
        if (!changed.isEmpty()) {
            throw new RunException(
                    RunException.Reason.OTHER_RECIPE,
                    run.directory(),
                    "%s holds a run of another recipe: '%s' differs, and its weights belong to it"
                            .formatted(run.directory(), String.join("', '", changed)));
        }
    }

    private static boolean mayChange(Task<?, ?> task, String key) {
        String top = key.replaceFirst("\\..*", "");
        return RecipeFile.isLocation(task.recipe(), key)
                || (task.changeable().contains(top) && !key.equals("training.seed"));
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("unroll-reader").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading a run", e);
        }
    }
}
