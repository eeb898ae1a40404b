package dev.unroll.tasks.run;

import dev.unroll.formats.files.FileFailure;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Parameters;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.NonFiniteException;
import dev.unroll.train.Objective;
import dev.unroll.train.OnNan;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;
import dev.unroll.train.TrainingMemory;
import dev.unroll.watch.Interval;
import dev.unroll.watch.Observed;
import dev.unroll.watch.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training bound to a run's folder: it starts from first weights, or goes on from the folder's
 * last checkpoint, and leaves the weights to use.
 */
public final class TrainingRun {
    private static final int MILLIS_A_MINUTE = 60_000;

    private final RunFolder folder;
    private final RunLock lock;
    private final TrainingRecipe how;
    private final Object model;
    private final Objective<?> objective;
    private final String about;
    private final List<String> remarks;
    private final RunOrigin origin;
    private @Nullable Watching watching;
    private OptionalDouble watchedShare = OptionalDouble.empty();

    private TrainingRun(
            RunFolder folder,
            RunLock lock,
            TrainingRecipe how,
            Object model,
            Objective<?> objective,
            String about,
            List<String> remarks,
            RunOrigin origin) {
        this.folder = folder;
        this.lock = lock;
        this.how = how;
        this.model = model;
        this.objective = objective;
        this.about = about;
        this.remarks = remarks;
        this.origin = origin;
    }

    /**
     * Makes a training ready and writes its recipe into the folder, which is its own until it has
     * run.
     *
     * @param model the network; the objective's parameters are its own
     * @param about the data in a line: their name, how many examples
     * @param remarks what should be known before it begins, such as rows that cannot be read
     * @throws RunException if the folder is being trained, or a file that the training goes on from
     *     is damaged
     */
    public static TrainingRun of(
            RunFolder folder,
            Recipe recipe,
            Object model,
            Objective<?> objective,
            String about,
            List<String> remarks)
            throws IOException {
        return of(folder, recipe, model, objective, about, remarks, run -> {});
    }

    /**
     * Makes a training ready, as above.
     *
     * @param data writes the record of its data into the folder, once the folder's files have been
     *     checked
     */
    public static TrainingRun of(
            RunFolder folder,
            Recipe recipe,
            Object model,
            Objective<?> objective,
            String about,
            List<String> remarks,
            DataWriter data)
            throws IOException {
        RunLock lock = claim(folder);
        Optional<RunOrigin> before = Manifest.read(folder).flatMap(Manifest::origin);
        if (!goesOn(folder)) {
            Files.deleteIfExists(folder.metrics());
            folder.clearDiagnosis();
            RunMachine.here().write(folder);
        }
        Manifest.remove(folder);
        data.write(folder);
        RunOrigin origin = RunOrigin.here(folder, recipe, before);
        WholeFile.write(folder.recipe(), RecipeFile.write(recipe));
        return new TrainingRun(
                folder,
                lock,
                recipe.training(),
                model,
                objective,
                about,
                List.copyOf(remarks),
                origin);
    }

    /** Writes the record of a run's data. */
    @FunctionalInterface
    public interface DataWriter {
        /** Writes {@link RunFolder#data()}. */
        void write(RunFolder run) throws IOException;
    }

    /**
     * Takes a folder for a training, before anything is written into it.
     *
     * @return the right to write, which the training gives back when it has run
     * @throws RunException if the folder is being trained, or a file that the training goes on from
     *     is damaged
     */
    public static RunLock claim(RunFolder folder) throws IOException {
        RunLock lock = RunLock.on(folder.directory());
        try {
            folder.requireOwnCheckpoints();
            if (goesOn(folder)) {
                Manifest.requireAll(folder);
            } else {
                Manifest.remove(folder);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** {@return true if a folder has a checkpoint to go on from} */
    public static boolean goesOn(RunFolder folder) {
        return Checkpoint.exists(folder.last());
    }

    /**
     * The plan of a training, told before it begins.
     *
     * @param about the data in a line
     * @param remarks what should be known before
     * @param parameters numbers to learn
     * @param steps of the whole training
     * @param done steps that a former run has done
     * @param memory that the training needs for numbers
     */
    public record Plan(
            String about,
            List<String> remarks,
            long parameters,
            long steps,
            long done,
            TrainingMemory memory) {}

    /**
     * Trains, or goes on where the folder's last checkpoint stands.
     *
     * @param planned told what is about to be done
     * @param interrupted asked before each step; true saves and ends
     * @param events told everything
     * @return where it stopped
     */
    public Progress run(
            Consumer<Plan> planned, BooleanSupplier interrupted, TrainingListener events)
            throws IOException {
        lock.use();
        try (lock) {
            return runLocked(planned, interrupted, events);
        } catch (NonFiniteException e) {
            throw e.with(remedy());
        }
    }

    /** Refuses what cannot fit before the first step; the run stays whole. */
    private void requireRoom(TrainingMemory memory) throws IOException {
        try {
            HeapRoom.now(memory.step()).require(memory, how.batchTokens());
        } catch (RunException e) {
            Manifest.write(folder, origin);
            throw e;
        }
    }

    private String remedy() {
        String key = how.onNan() == OnNan.STOP ? ", or training.onNan=back" : "";
        return goesOn(folder)
                ? ("; the checkpoint before it is kept in %s: go on from it with a lower"
                                + " training.learningRate%s")
                        .formatted(folder.directory(), key)
                : "; no checkpoint had been saved: begin again with a lower training.learningRate"
                        + key;
    }

    private Progress runLocked(
            Consumer<Plan> planned, BooleanSupplier interrupted, TrainingListener events)
            throws IOException {
        Map<String, Parameter> parameters = objective.parameters();
        OptimiserState state = OptimiserState.of(how.optimiser(), parameters);
        Progress from = Progress.START;
        MetricsLog log = new MetricsLog(folder.metrics());
        if (goesOn(folder)) {
            from = Checkpoint.load(folder.last(), parameters, state);
            log.backTo(from.step());
            new MetricsLog(folder.diagnosis()).backTo(from.step());
        }
        long steps =
                (long) Math.ceilDiv(objective.batches(0).size(), how.accumulate()) * how.epochs();
        TrainingMemory memory = TrainingMemory.of(objective, state, how.labelSmoothing());
        requireRoom(memory);
        planned.accept(
                new Plan(about, remarks, Parameters.count(model), steps, from.step(), memory));
        return run(parameters, state, from, log, interrupted, events);
    }

    /**
     * Watches the training when it runs: writes {@code diagnosis.jsonl} and {@code attention.json}
     * into the folder. The weights become the same bits as without.
     *
     * @param interval when to observe
     * @param histograms whether weights and gradients are counted in buckets for the listener
     * @param seen told of each observed step, after it is written
     */
    public void watch(Interval interval, boolean histograms, Consumer<Observed> seen) {
        watching = new Watching(interval, histograms, seen);
    }

    /** {@return the share of the last training's time that watching took, if it was watched} */
    public OptionalDouble watchedShare() {
        return watchedShare;
    }

    private record Watching(Interval interval, boolean histograms, Consumer<Observed> seen) {}

    private <B> Progress resume(
            Training training, Objective<B> goal, Progress from, OptimiserState state) {
        Watching how = watching;
        if (how == null) {
            return training.resume(goal, from, state);
        }
        DiagnosisLog log = new DiagnosisLog(folder);
        Watch<B> watch = Watch.of(goal, how.interval(), how.histograms(), log.andThen(how.seen()));
        Progress stopped = training.listen(watch).resume(watch.objective(), from, state);
        watchedShare = OptionalDouble.of(watch.share());
        return stopped;
    }

    /** From first weights to the end, without a word. */
    public void run() throws IOException {
        run(plan -> {}, () -> false, event -> {});
    }

    private Progress run(
            Map<String, Parameter> parameters,
            OptimiserState state,
            Progress from,
            MetricsLog log,
            BooleanSupplier interrupted,
            TrainingListener events)
            throws IOException {
        Averages averages = new Averages(folder.checkpoints(), how.validation().average());
        Saving saving = new Saving(parameters, state, averages, from);
        TrainingEvent.Reason[] ended = new TrainingEvent.Reason[1];
        Training training =
                how.toTraining()
                        .interruptWhen(interrupted)
                        .listen(log::accept)
                        .listen(saving::on)
                        .listen(
                                event -> {
                                    if (event instanceof TrainingEvent.Ended e) {
                                        ended[0] = e.reason();
                                    }
                                })
                        .listen(events);
        Progress stopped = resume(training, objective, from, state);
        // whoever goes on with more time or epochs goes on from here, not from the best weights
        if (ended[0] == TrainingEvent.Reason.INTERRUPTED
                || ended[0] == TrainingEvent.Reason.OUT_OF_TIME) {
            saving.checkpoint(stopped);
        }
        if (ended[0] != TrainingEvent.Reason.INTERRUPTED) {
            NonFiniteException.requireFinite(stopped.step(), parameters, state);
            saving.change(
                    () -> {
                        finish(parameters, averages, stopped);
                        return List.of(folder.model());
                    });
        }
        saving.end();
        return stopped;
    }

    /** The weights to use: the mean of the last, or the best, or the last if none was measured. */
    private void finish(Map<String, Parameter> parameters, Averages averages, Progress stopped)
            throws IOException {
        if (how.validation().average() > 1) {
            averages.into(parameters);
            saveWeights();
        } else if (how.validation().toMonitor().best(stopped.monitored()).isPresent()) {
            Weights.load(model, folder.model());
        } else {
            saveWeights();
        }
    }

    private void saveWeights() throws IOException {
        Weights.save(model, folder.model(), Map.of("format", "pt"));
    }

    /** Saves along the way what is finite, and when it is time to. */
    private final class Saving {
        private final Map<String, Parameter> parameters;
        private final OptimiserState state;
        private final Averages averages;
        private Manifest noted;
        private long savedStep;
        private long savedNanos = System.nanoTime();

        Saving(
                Map<String, Parameter> parameters,
                OptimiserState state,
                Averages averages,
                Progress from)
                throws IOException {
            this.noted = Manifest.write(folder, origin);
            this.savedStep = from.step();
            this.parameters = parameters;
            this.state = state;
            this.averages = averages;
        }

        void on(TrainingEvent event) {
            try {
                switch (event) {
                    case TrainingEvent.Stepped s when isDue(s) -> checkpoint(s.progress());
                    case TrainingEvent.Validated v -> validated(v);
                    default -> {}
                }
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException(told(e), e));
            }
        }

        private String told(IOException e) {
            String kept =
                    goesOn(folder)
                            ? "the checkpoint of step %d is kept".formatted(savedStep)
                            : "no checkpoint had been saved";
            return "%s; %s: make room or mend it, and go on with this run: %s"
                    .formatted(FileFailure.told(folder.last(), e), kept, folder.directory());
        }

        /** Where a validation follows, it saves. */
        private boolean isDue(TrainingEvent.Stepped s) {
            long step = s.progress().step();
            int every = how.validation().every();
            if (s.progress().batch() >= s.batches() || (every > 0 && step % every == 0)) {
                return false;
            }
            Integer steps = how.checkpoint().steps();
            Double minutes = how.checkpoint().minutes();
            return (steps != null && step - savedStep >= steps)
                    || (minutes != null
                            && System.nanoTime() - savedNanos >= minutes * MILLIS_A_MINUTE * 1e6);
        }

        private void validated(TrainingEvent.Validated validated) throws IOException {
            NonFiniteException.requireFinite(validated.progress().step(), parameters, state);
            change(
                    () -> {
                        List<Path> changed = new ArrayList<>();
                        // the point to go on from comes last: what it calls the best has been
                        // saved by then
                        if (validated.best()) {
                            saveWeights();
                            changed.add(folder.model());
                        }
                        if (how.validation().average() > 1) {
                            averages.add(validated.progress().step(), parameters);
                        }
                        changed.add(save(validated.progress()));
                        return changed;
                    });
        }

        /** A checkpoint takes the place of the last one only if its numbers are finite. */
        void checkpoint(Progress progress) throws IOException {
            NonFiniteException.requireFinite(progress.step(), parameters, state);
            change(() -> List.of(save(progress)));
        }

        /**
         * Changes files of the run, of which the manifest knows before and after, not meanwhile.
         */
        void change(Change files) throws IOException {
            Manifest.remove(folder);
            List<Path> changed = files.make();
            noted = noted.writeAgain(folder, changed);
        }

        /** Nothing changes any more. */
        void end() throws IOException {
            noted.writeLast(folder);
        }

        private Path save(Progress progress) throws IOException {
            Checkpoint.save(folder.last(), parameters, state, progress);
            savedStep = progress.step();
            savedNanos = System.nanoTime();
            return folder.last();
        }
    }

    /** Changes files of a run. */
    @FunctionalInterface
    private interface Change {
        /** {@return those that stood there already} */
        List<Path> make() throws IOException;
    }
}
