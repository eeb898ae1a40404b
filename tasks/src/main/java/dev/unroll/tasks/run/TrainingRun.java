package dev.unroll.tasks.run;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Parameters;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.Objective;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;
import dev.unroll.watch.Interval;
import dev.unroll.watch.Observed;
import dev.unroll.watch.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training bound to a run's folder: it starts from first weights, or goes on from the folder's
 * last checkpoint, and leaves the weights to use.
 */
public final class TrainingRun {
    private final RunFolder folder;
    private final TrainingRecipe how;
    private final Object model;
    private final Objective<?> objective;
    private final String about;
    private final List<String> remarks;
    private @Nullable Watching watching;
    private OptionalDouble watchedShare = OptionalDouble.empty();

    private TrainingRun(
            RunFolder folder,
            TrainingRecipe how,
            Object model,
            Objective<?> objective,
            String about,
            List<String> remarks) {
        this.folder = folder;
        this.how = how;
        this.model = model;
        this.objective = objective;
        this.about = about;
        this.remarks = remarks;
    }

    /**
     * Makes a training ready and writes its recipe into the folder.
     *
     * @param model the network; the objective's parameters are its own
     * @param about the data in a line: their name, how many examples
     * @param remarks what should be known before it begins, such as rows that cannot be read
     */
    public static TrainingRun of(
            RunFolder folder,
            Recipe recipe,
            Object model,
            Objective<?> objective,
            String about,
            List<String> remarks)
            throws IOException {
        if (!goesOn(folder)) {
            Files.deleteIfExists(folder.metrics());
            folder.clearDiagnosis();
            RunMachine.here().write(folder);
        }
        WholeFile.write(folder.recipe(), RecipeFile.write(recipe));
        return new TrainingRun(
                folder, recipe.training(), model, objective, about, List.copyOf(remarks));
    }

    /** {@return true if a folder has a checkpoint to go on from} */
    public static boolean goesOn(RunFolder folder) {
        return Checkpoint.exists(last(folder));
    }

    /**
     * The plan of a training, told before it begins.
     *
     * @param about the data in a line
     * @param remarks what should be known before
     * @param parameters numbers to learn
     * @param steps of the whole training
     * @param done steps that a former run has done
     */
    public record Plan(
            String about, List<String> remarks, long parameters, long steps, long done) {}

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
        Map<String, Parameter> parameters = objective.parameters();
        OptimiserState state = OptimiserState.of(how.optimiser(), parameters);
        Progress from = Progress.START;
        MetricsLog log = new MetricsLog(folder.metrics());
        if (goesOn(folder)) {
            from = Checkpoint.load(last(folder), parameters, state);
            log.backTo(from.step());
            new MetricsLog(folder.diagnosis()).backTo(from.step());
        }
        long steps = (long) objective.batches(0).size() * how.epochs();
        planned.accept(new Plan(about, remarks, Parameters.count(model), steps, from.step()));
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
        TrainingEvent.Reason[] ended = new TrainingEvent.Reason[1];
        Training training =
                how.toTraining()
                        .interruptWhen(interrupted)
                        .listen(log::accept)
                        .listen(event -> save(event, parameters, state, averages))
                        .listen(
                                event -> {
                                    if (event instanceof TrainingEvent.Ended e) {
                                        ended[0] = e.reason();
                                    }
                                })
                        .listen(events);
        Progress stopped = resume(training, objective, from, state);
        if (ended[0] == TrainingEvent.Reason.INTERRUPTED) {
            Checkpoint.save(last(folder), parameters, state, stopped);
        } else {
            finish(parameters, averages, stopped);
        }
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

    private void save(
            TrainingEvent event,
            Map<String, Parameter> parameters,
            OptimiserState state,
            Averages averages) {
        if (event instanceof TrainingEvent.Validated validated) {
            try {
                // the point to go on from comes last: what it calls the best has been saved by then
                if (validated.best()) {
                    saveWeights();
                }
                if (how.validation().average() > 1) {
                    averages.add(validated.progress().step(), parameters);
                }
                Checkpoint.save(last(folder), parameters, state, validated.progress());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot save a checkpoint in " + folder.directory(), e);
            }
        }
    }

    private static Path last(RunFolder folder) {
        return folder.checkpoints().resolve("last.safetensors");
    }
}
