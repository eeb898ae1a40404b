package dev.unroll.cli;

import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.train.TrainingEvent;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Observed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows a training: a bar while it goes on, a line for each measurement. */
final class TrainingView implements AutoCloseable {
    private final PrintWriter err;
    private final boolean terminal = Bars.shown();
    private @Nullable ProgressBar bar;
    private long sinceNanos = System.nanoTime();
    private long tokens;
    private long done;
    private double rate;

    TrainingView(PrintWriter err) {
        this.err = err;
    }

    void planned(TrainingRun.Plan plan) {
        done = plan.done();
        plan.remarks().forEach(err::println);
        err.printf("%s, %,d parameters%n", plan.about(), plan.parameters());
        err.printf(
                "needs some %,.0f MB for numbers at once%n",
                Math.ceil(plan.memory().bytes() / 1e6));
        if (plan.done() > 0) {
            err.printf("going on after step %,d of %,d%n", plan.done(), plan.steps());
        }
        if (terminal) {
            bar =
                    Bars.of("training", plan.steps())
                            .setUpdateIntervalMillis(250)
                            .startsFrom(plan.done(), Duration.ZERO)
                            .build();
        }
    }

    void accept(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Stepped s -> stepped(s);
            case TrainingEvent.Validated m -> {
                line(
                        "step %,d, epoch %d: %s%s"
                                .formatted(
                                        m.progress().step(),
                                        m.progress().epoch(),
                                        text(m.metrics()),
                                        m.best() ? "  (best)" : ""));
                tokens = 0;
                sinceNanos = System.nanoTime();
            }
            case TrainingEvent.Recovered r ->
                    line(
                            r.why().getMessage()
                                    + switch (r.how()) {
                                        case BACK -> "; went back to the last good weights";
                                        case SKIP, STOP -> "; the step was left out";
                                    });
            case TrainingEvent.Ended e ->
                    line(
                            done > 0 && e.progress().step() == done
                                    ? nothingToDo(e.reason())
                                    : ended(e.reason()));
        }
    }

    private static String ended(TrainingEvent.Reason reason) {
        return switch (reason) {
            case COMPLETE -> "done";
            case OUT_OF_TIME -> "the time is up; what was learnt is saved, and goes on with more";
            case NO_BETTER -> "nothing got better for a while";
            case INTERRUPTED -> "interrupted";
        };
    }

    private static String nothingToDo(TrainingEvent.Reason reason) {
        return switch (reason) {
            case COMPLETE ->
                    "nothing to do: all epochs are done; with more training.epochs it goes on";
            case NO_BETTER ->
                    "nothing to do: the training ended because nothing got better; with a greater"
                            + " training.validation.patience it goes on";
            case OUT_OF_TIME, INTERRUPTED -> ended(reason);
        };
    }

    private void stepped(TrainingEvent.Stepped s) {
        tokens += s.tokens();
        double seconds = (System.nanoTime() - sinceNanos) * 1e-9;
        if (seconds > 1) {
            rate = tokens / seconds;
            tokens = 0;
            sinceNanos = System.nanoTime();
        }
        ProgressBar shown = bar;
        if (shown != null) {
            shown.stepTo(s.progress().step());
            shown.setExtraMessage(
                    " loss %.3f, %,.0f tokens/s, gradient %.2f"
                            .formatted(s.loss(), rate, s.gradientNorm()));
        }
    }

    /** Shows what a watch saw. */
    void saw(Observed seen) {
        Diagnosis d = seen.diagnosis();
        line("step %,d: %s".formatted(d.step(), d.summary()));
    }

    /** Says what watching has cost. */
    void cost(double share) {
        line("watching took %.1f %% of the time".formatted(100 * share));
    }

    private static String text(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(f -> "%s %.4g".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void line(String text) {
        err.println((terminal ? "\r\u001b[K" : "") + text);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
