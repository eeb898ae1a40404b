package dev.unroll.cli;

import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.watch.Interval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Eyes on a training: {@code --watch} and how often it looks. */
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
                        + " every 200 steps, with at most 4 %% of the time."
            })
    @Nullable Integer every;

    /** Watches a training, if that is wanted. */
    void applyTo(TrainingRun training, TrainingView view) {
        if (watch || every != null) {
            Interval interval = every == null ? Interval.STANDARD : Interval.every(every);
            training.watch(interval, false, view::saw);
        }
    }
}
