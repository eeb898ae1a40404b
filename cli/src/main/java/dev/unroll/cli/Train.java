package dev.unroll.cli;

import dev.unroll.backend.Backends;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.memory.Pool;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.train.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll train}: carries out a recipe, or goes on with a run. */
@Command(
        name = "train",
        description = {
            "Trains what a recipe describes, into a run's folder.",
            "Given a folder, goes on where its training stopped."
        })
final class Train extends Subcommand {

    @Parameters(
            index = "0",
            paramLabel = "RECIPE|RUN",
            description = "A recipe's file or name, or the folder of a run to go on with.")
    String what = "";

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Changes to the recipe, like training.epochs=3.")
    List<String> changes = List.of();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "The run's folder; runs/NAME of the recipe if left out.")
    @Nullable Path run;

    @Mixin WatchOptions watch;

    /**
     * The result of a training.
     *
     * @param run the folder
     * @param steps done in all
     * @param seconds of this call
     * @param best the best value of the monitored metric; null if there is none
     * @param diverged whether the loss at the end is clearly worse than at the start
     * @param peakBytes most bytes of numbers in use at once
     * @param backend what did the arithmetic
     */
    record Result(
            String run,
            long steps,
            double seconds,
            @Nullable Double best,
            boolean diverged,
            long peakBytes,
            String backend) {}

    @Override
    public Integer call() throws IOException {
        boolean goOn = Files.isDirectory(Path.of(what));
        RunFolder folder =
                new RunFolder(
                        goOn
                                ? Path.of(what)
                                : run != null ? run : Path.of("runs", Recipes.name(what)));
        PrintWriter err = err();
        Recipe recipe = goOn ? Tasks.read(folder, changes) : Recipes.read(what, changes, err);
        Result result = train(recipe, folder, err, watch);
        answer.give(
                result,
                "%,d steps in %.0f s, at most %,.0f MB of numbers at once; use it with: %s"
                        .formatted(
                                result.steps(),
                                result.seconds(),
                                Math.ceil(result.peakBytes() / 1e6),
                                Hints.use(recipe, folder)));
        return 0;
    }

    static Result train(Recipe recipe, RunFolder folder, PrintWriter err) throws IOException {
        return train(recipe, folder, err, new WatchOptions());
    }

    private static Result train(
            Recipe recipe, RunFolder folder, PrintWriter err, WatchOptions watch)
            throws IOException {
        long start = System.nanoTime();
        Progress progress;
        boolean interrupted;
        try (Interruption interruption = new Interruption();
                TrainingView view = new TrainingView(err)) {
            TrainingRun training;
            try (FetchView fetching = new FetchView(err);
                    SmallHeap _ = SmallHeap.whileDataAreRead()) {
                training = Tasks.prepare(recipe, folder, DataFiles.standard(fetching));
            }
            progress = watch.run(training, folder, interruption, view);
            interrupted = interruption.getAsBoolean();
            if (interrupted) {
                err.printf("saved; go on with: unroll train %s%n", folder.directory());
            }
        }
        Optional<TrainingCourse> course = course(folder);
        course.filter(_ -> !interrupted)
                .ifPresent(
                        whole ->
                                err.println(
                                        KeptWeights.told(whole, recipe.training().validation())));
        Optional<TrainingCourse.Ends> diverged =
                course.flatMap(TrainingCourse::ends).filter(TrainingCourse.Ends::isDiverged);
        diverged.ifPresent(ends -> err.println(ends.told()));
        OptionalDouble best = recipe.training().validation().toMonitor().best(progress.monitored());
        return new Result(
                folder.directory().toString(),
                progress.step(),
                (System.nanoTime() - start) * 1e-9,
                best.isPresent() ? best.getAsDouble() : null,
                diverged.isPresent(),
                Pool.SHARED.peakBytes(),
                Backends.current().name());
    }

    /** A training of no steps has none. */
    private static Optional<TrainingCourse> course(RunFolder folder) throws IOException {
        return Files.isRegularFile(folder.metrics())
                ? Optional.of(TrainingCourse.read(folder))
                : Optional.empty();
    }
}
