package dev.unroll.train;

import dev.unroll.backend.Workspace;
import dev.unroll.nn.Mode;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a model: batch after batch, epoch after epoch.
 *
 * <p>The same settings, seed and lesson give the same weights to the bit, on any number of threads,
 * in one run or in several that continue each other.
 *
 * @param optimiser how parameters follow gradients
 * @param schedule the learning rate
 * @param clip limits on gradients
 * @param seed of the noise
 * @param limits when to stop
 * @param measureEvery steps between measurements; 0: after each epoch
 * @param deciding name of the figure that tells which weights are best
 * @param biggerIsBetter whether that figure should grow
 * @param labelSmoothing of the losses of training steps, in [0, 1)
 */
public record Training(
        Optimiser optimiser,
        Schedule schedule,
        Clip clip,
        long seed,
        Limits limits,
        int measureEvery,
        String deciding,
        boolean biggerIsBetter,
        double labelSmoothing) {

    /** Without label smoothing. */
    public Training(
            Optimiser optimiser,
            Schedule schedule,
            Clip clip,
            long seed,
            Limits limits,
            int measureEvery,
            String deciding,
            boolean biggerIsBetter) {
        this(optimiser, schedule, clip, seed, limits, measureEvery, deciding, biggerIsBetter, 0);
    }

    public Training {
        if (measureEvery < 0) {
            throw new IllegalArgumentException(
                    "measureEvery: a number of steps, or 0 for each epoch, not " + measureEvery);
        }
    }

    /**
     * When to stop.
     *
     * @param epochs at most
     * @param steps at most
     * @param time at most
     * @param patience measurements without a new best
     */
    public record Limits(int epochs, long steps, Duration time, int patience) {
        public Limits {
            if (epochs < 0 || steps < 0 || patience < 1) {
                throw new IllegalArgumentException(
                        "limits: epochs and steps from 0 and a patience from 1, not %d, %d and %d"
                                .formatted(epochs, steps, patience));
            }
        }

        /** So many epochs. */
        public static Limits epochs(int epochs) {
            return new Limits(epochs, Long.MAX_VALUE, Duration.ofDays(365), Integer.MAX_VALUE);
        }
    }

    /**
     * Trains from a given point on.
     *
     * @param from {@link Progress#START}, or where a former run stopped
     * @param moments the optimiser's memory at that point; changed in place
     * @param interrupted asked before each step
     * @param events told everything, on this thread; what it throws ends the training
     * @return where it stopped
     * @throws ArithmeticException if the loss or its gradients are not numbers; the weights are as
     *     they were before that step
     */
    public <B> Progress run(
            Objective<B> lesson,
            Progress from,
            Optimiser.Moments moments,
            BooleanSupplier interrupted,
            Consumer<TrainingEvent> events) {
        long deadline = System.nanoTime() + limits.time().toNanos();
        Map<String, Parameter> parameters = lesson.parameters();
        Progress at = from;
        long measured = -1;
        while (at.epoch() < limits.epochs() && at.step() < limits.steps()) {
            List<B> batches = lesson.batches(at.epoch());
            if (batches.isEmpty()) {
                throw new IllegalArgumentException(
                        "epoch %d has no batches: nothing to learn from".formatted(at.epoch()));
            }
            while (at.batch() < batches.size() && at.step() < limits.steps()) {
                TrainingEvent.Reason reason = reasonToStop(interrupted, deadline);
                if (reason != null) {
                    return end(at, reason, events);
                }
                B batch = batches.get(at.batch());
                TrainingEvent.Stepped stepped =
                        step(lesson, parameters, batch, at.stepped(), moments, batches.size());
                at = stepped.progress();
                events.accept(stepped);
                if (measureEvery > 0 && at.step() % measureEvery == 0) {
                    at = measure(lesson, at, events);
                    measured = at.step();
                }
                if (at.sinceBest() >= limits.patience()) {
                    return end(at, TrainingEvent.Reason.NO_BETTER, events);
                }
            }
            if (at.batch() >= batches.size()) {
                at = at.nextEpoch();
                if (measureEvery == 0) {
                    at = measure(lesson, at, events);
                    measured = at.step();
                }
                if (at.sinceBest() >= limits.patience()) {
                    return end(at, TrainingEvent.Reason.NO_BETTER, events);
                }
            }
        }
        if (measured != at.step() && at.step() > from.step()) {
            at = measure(lesson, at, events);
        }
        return end(at, TrainingEvent.Reason.COMPLETE, events);
    }

    private <B> TrainingEvent.Stepped step(
            Objective<B> lesson,
            Map<String, Parameter> parameters,
            B batch,
            Progress at,
            Optimiser.Moments moments,
            int batches) {
        double rate = schedule.rate(at.step(), at.figures());
        Mode mode = new Mode.Training(seed, at.step(), labelSmoothing);
        // the gradients are spent inside, so their memory serves the next step
        return Workspace.run(
                () -> {
                    Gradients gradients = Gradients.of(() -> lesson.loss(batch, mode));
                    if (!Float.isFinite(gradients.loss())) {
                        throw new ArithmeticException(
                                "step %d: the loss is %s; look for broken weights or inputs"
                                        .formatted(at.step(), gradients.loss()));
                    }
                    double norm =
                            optimiser.step(parameters, gradients, moments, rate, clip, at.step());
                    return new TrainingEvent.Stepped(
                            at, gradients.loss(), norm, rate, lesson.tokens(batch), batches);
                },
                stepped -> List.of());
    }

    private <B> Progress measure(Objective<B> lesson, Progress at, Consumer<TrainingEvent> events) {
        Map<String, Double> figures = lesson.validate();
        Double figure = figures.get(deciding);
        if (figure == null) {
            throw new IllegalArgumentException(
                    "the deciding figure '%s' is not measured; there are %s"
                            .formatted(deciding, figures.keySet()));
        }
        double smaller = biggerIsBetter ? -figure : figure;
        Progress measured = at.measured(smaller);
        events.accept(new TrainingEvent.Validated(measured, figures, smaller < at.best()));
        return measured;
    }

    private static TrainingEvent.@Nullable Reason reasonToStop(
            BooleanSupplier interrupted, long deadline) {
        if (interrupted.getAsBoolean()) {
            return TrainingEvent.Reason.INTERRUPTED;
        }
        return System.nanoTime() - deadline > 0 ? TrainingEvent.Reason.OUT_OF_TIME : null;
    }

    private static Progress end(
            Progress at, TrainingEvent.Reason reason, Consumer<TrainingEvent> events) {
        events.accept(new TrainingEvent.Ended(at, reason));
        return at;
    }
}
