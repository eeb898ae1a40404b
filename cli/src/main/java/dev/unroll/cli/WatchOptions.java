package dev.unroll.cli;

import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.tensorboard.TensorBoardLog;
import dev.unroll.train.Progress;
import dev.unroll.train.TrainingListener;
import dev.unroll.watch.Interval;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Eyes on a training: {@code --watch}, how often it looks, and {@code --tensorboard}. */
final class WatchOptions {

    @Option(
            names = "--watch",
            description = {
                "Look at gradients, gates and attention now and then, and say whether they are"
                        + " healthy; writes diagnosis.jsonl into the run's folder."
            })
    boolean watch;

    @Option(
            names = "--watch-every",
            paramLabel = "STEPS",
            description = {
                "Watch, and look every so many steps whatever it costs; with --watch alone it is"
                        + " every 200 steps, with at most 3 %% of the time."
            })
    @Nullable Integer every;

    @Option(
            names = "--tensorboard",
            description = {
                "Watch, and write event files for TensorBoard into the run's folder: scalars,"
                        + " histograms of weights and gradients, images of attention."
            })
    boolean tensorboard;

    /**
     * Carries out a training, watched in the way that is wanted, in a small heap if it is wanted.
     */
    Progress run(
            TrainingRun training, RunFolder folder, BooleanSupplier interrupted, TrainingView view)
            throws IOException {
        TrainingListener heap = SmallHeap.isWanted() ? new HeapKeeper() : event -> {};
        TrainingListener events =
                event -> {
                    view.accept(event);
                    heap.on(event);
                };
        try {
            return watched(training, folder, interrupted, view, events);
        } finally {
            training.watchedShare().ifPresent(view::cost);
        }
    }

    private Progress watched(
            TrainingRun training,
            RunFolder folder,
            BooleanSupplier interrupted,
            TrainingView view,
            TrainingListener events)
            throws IOException {
        if (tensorboard) {
            try (TensorBoardLog log = TensorBoardLog.in(folder.directory())) {
                training.watch(
                        interval(),
                        true,
                        seen -> {
                            log.observed(seen);
                            view.saw(seen);
                        });
                return training.run(
                        view::planned,
                        interrupted,
                        event -> {
                            log.on(event);
                            events.on(event);
                        });
            }
        }
        if (watch || every != null) {
            training.watch(interval(), false, view::saw);
        }
        return training.run(view::planned, interrupted, events);
    }

    private Interval interval() {
        return every == null ? Interval.STANDARD : Interval.every(every);
    }
}
