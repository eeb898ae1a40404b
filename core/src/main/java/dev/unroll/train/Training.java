package dev.unroll.train;

import dev.unroll.memory.Workspace;
import dev.unroll.nn.Mode;
import dev.unroll.random.Noise;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a training, and the training itself: batch after batch, epoch after epoch.
 *
 * <pre>{@code
 * Training.of(Adam.standard(), 1e-3).epochs(8).clip(1).patience(3).run(objective);
 * }</pre>
 *
 * <p>A training is immutable: each method that changes a setting returns another training. The same
 * settings and objective give the same weights to the bit, on any number of threads, in one run or
 * in several that continue each other.
 *
 * <p>By default gradients are not clipped, labels are not smoothed, the seed is 1, the metrics are
 * computed after each epoch, and the one monitored is the lowest {@code loss}. At least one limit
 * must be set: epochs, steps, time or patience.
 */
public final class Training {

    private static final Monitor LOSS = Monitor.lowest("loss");

    private final Optimiser optimiser;
    private final double learningRate;
    private Schedule schedule = new Schedule.Constant(0);
    private Clip clip = Clip.NONE;
    private long seed = 1;
    private double labelSmoothing;
    private @Nullable Integer epochs;
    private @Nullable Long steps;
    private @Nullable Duration time;
    private @Nullable Integer patience;
    private int validateEvery;
    private @Nullable Monitor monitor;
    private OnNan onNan = OnNan.STOP;
    private int accumulated = 1;
    private BooleanSupplier interrupted = () -> false;
    private List<TrainingListener> listeners = List.of();

    private Training(Optimiser optimiser, double learningRate) {
        if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "training: the learning rate is above 0, not " + learningRate);
        }
        this.optimiser = optimiser;
        this.learningRate = learningRate;
    }

    private Training(Training other) {
        this(other.optimiser, other.learningRate);
        schedule = other.schedule;
        clip = other.clip;
        seed = other.seed;
        labelSmoothing = other.labelSmoothing;
        epochs = other.epochs;
        steps = other.steps;
        time = other.time;
        patience = other.patience;
        validateEvery = other.validateEvery;
        monitor = other.monitor;
        onNan = other.onNan;
        accumulated = other.accumulated;
        interrupted = other.interrupted;
        listeners = other.listeners;
    }

    /** A training with the same learning rate at each step, until a schedule is set. */
    public static Training of(Optimiser optimiser, double learningRate) {
        return new Training(optimiser, learningRate);
    }

    /** The learning rate of each step is multiplied by the schedule's factor. */
    public Training schedule(Schedule other) {
        return with(copy -> copy.schedule = other);
    }

    /** The gradients of all parameters together are scaled down to a norm. */
    public Training clip(double norm) {
        return clip(Clip.norm(norm));
    }

    /** Gradients are clipped in this way. */
    public Training clip(Clip other) {
        return with(copy -> copy.clip = other);
    }

    /** The noise of dropout is drawn from this seed. */
    public Training seed(long other) {
        return with(copy -> copy.seed = other);
    }

    /**
     * The share of the target distribution that the losses of training steps spread over all
     * classes, in [0, 1).
     */
    public Training labelSmoothing(double share) {
        return with(
                copy -> copy.labelSmoothing = new Mode.Training(seed, 0, share).labelSmoothing());
    }

    /** Ends after so many epochs. */
    public Training epochs(int most) {
        return with(copy -> copy.epochs = (int) limit("epochs", 0, most));
    }

    /** Ends after so many steps. */
    public Training steps(long most) {
        return with(copy -> copy.steps = limit("steps", 0, most));
    }

    /** Ends after this time, counted from each start. */
    public Training time(Duration most) {
        return with(copy -> copy.time = most);
    }

    /** Ends after so many validations without a new best value of the monitored metric. */
    public Training patience(int validations) {
        return with(copy -> copy.patience = (int) limit("patience", 1, validations));
    }

    /** The metrics are computed every so many steps; 0: after each epoch. */
    public Training validateEvery(int otherSteps) {
        return with(copy -> copy.validateEvery = (int) limit("validateEvery", 0, otherSteps));
    }

    /** The metric that tells which weights are best. */
    public Training monitor(Monitor other) {
        return with(copy -> copy.monitor = other);
    }

    /** What to do when numbers are NaN or infinite; {@link OnNan#STOP} unless this is set. */
    public Training onNan(OnNan other) {
        return with(copy -> copy.onNan = other);
    }

    /**
     * Each step follows the gradients of so many batches together, computed one after the other in
     * the memory of one: as one batch as large as they are. The last step of an epoch has those
     * that are left.
     */
    public Training accumulate(int batches) {
        return with(copy -> copy.accumulated = (int) limit("accumulate", 1, batches));
    }

    /** Ends before the first step at which this is true; the training can go on later. */
    public Training interruptWhen(BooleanSupplier condition) {
        return with(copy -> copy.interrupted = condition);
    }

    /** One more listener, told after those before it. */
    public Training listen(TrainingListener listener) {
        return with(
                copy ->
                        copy.listeners =
                                Stream.concat(listeners.stream(), Stream.of(listener)).toList());
    }

    private Training with(Consumer<Training> change) {
        Training copy = new Training(this);
        change.accept(copy);
        return copy;
    }

    private static long limit(String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "training: %s is from %d, not %d".formatted(name, least, value));
        }
        return value;
    }

    /**
     * Trains from the beginning.
     *
     * @return the point at which the training ended
     */
    public Progress run(Objective<?> objective) {
        OptimiserState state = OptimiserState.of(optimiser, objective.parameters());
        return resume(objective, Progress.START, state);
    }

    /**
     * Trains from a given point on.
     *
     * @param from where a former run stopped, or {@link Progress#START}
     * @param state of the optimiser at that point; changed in place
     * @return the point at which the training ended
     * @throws NonFiniteException if the loss, its gradients, the weights or the optimiser's state
     *     are not finite, and {@link OnNan} does not help; the weights are as they were before that
     *     step
     */
    public <B> Progress resume(Objective<B> objective, Progress from, OptimiserState state) {
        if (epochs == null && steps == null && time == null && patience == null) {
            throw new IllegalArgumentException(
                    "training: no end is set; set epochs, steps, time or patience");
        }
        return new Run<>(objective, state).from(from);
    }

    /**
     * The number of steps of a whole training, if epochs or steps are limited; as many batches are
     * expected in each epoch as in the first.
     */
    public OptionalLong length(Objective<?> objective) {
        return length(epochs == null ? 0 : steps(objective.batches(0).size()));
    }

    /** The steps of an epoch of so many batches. */
    private int steps(int batches) {
        return Math.ceilDiv(batches, accumulated);
    }

    private OptionalLong length(int stepsAnEpoch) {
        if (epochs == null) {
            return steps == null ? OptionalLong.empty() : OptionalLong.of(steps);
        }
        long all = (long) stepsAnEpoch * epochs;
        return OptionalLong.of(steps == null ? all : Math.min(all, steps));
    }

    /** One run of an objective. */
    private final class Run<B> {
        private final Objective<B> objective;
        private final OptimiserState state;
        private final Map<String, Parameter> parameters;
        private final OptionalLong length;
        private @Nullable List<B> first;
        private final Recovery recovery;
        private boolean lossIsNumber;
        private final long start = System.nanoTime();

        Run(Objective<B> objective, OptimiserState state) {
            this.objective = objective;
            this.state = state;
            this.parameters = objective.parameters();
            this.recovery = new Recovery(onNan, parameters, state);
            this.first = epochs == null ? null : objective.batches(0);
            this.length = length(first == null ? 0 : steps(first.size()));
        }

        Progress from(Progress from) {
            Progress at = from;
            long validated = -1;
            lossIsNumber =
                    monitored().metric().equals(LOSS.metric())
                            && from.monitored().stream().anyMatch(Double::isFinite);
            recovery.remember();
            if (noBetter(at)) {
                return end(at, TrainingEvent.Reason.NO_BETTER);
            }
            while (!complete(at)) {
                List<B> batches = batches(at.epoch());
                if (batches.isEmpty()) {
                    throw new IllegalArgumentException(
                            "epoch %d has no batches: nothing to train on".formatted(at.epoch()));
                }
                while (at.batch() < steps(batches.size()) && !complete(at)) {
                    TrainingEvent.Reason reason = reasonToStop();
                    if (reason != null) {
                        return end(at, reason);
                    }
                    at = step(batches, at);
                    if (validateEvery > 0 && at.step() % validateEvery == 0) {
                        at = validate(at);
                        validated = at.step();
                    }
                    if (noBetter(at)) {
                        return end(at, TrainingEvent.Reason.NO_BETTER);
                    }
                }
                if (at.batch() >= steps(batches.size())) {
                    at = at.nextEpoch();
                    if (validateEvery == 0) {
                        at = validate(at);
                        validated = at.step();
                    }
                    if (noBetter(at)) {
                        return end(at, TrainingEvent.Reason.NO_BETTER);
                    }
                }
            }
            if (validated != at.step() && at.step() > from.step()) {
                at = validate(at);
            }
            return end(at, TrainingEvent.Reason.COMPLETE);
        }

        /** The batches of an epoch; those of the first were asked for already. */
        private List<B> batches(int epoch) {
            List<B> known = epoch == 0 ? first : null;
            first = null;
            return known == null ? objective.batches(epoch) : known;
        }

        private boolean complete(Progress at) {
            return (epochs != null && at.epoch() >= epochs)
                    || (steps != null && at.step() >= steps);
        }

        private boolean noBetter(Progress at) {
            return patience != null && monitored().sinceBest(at.monitored()) >= patience;
        }

        private TrainingEvent.@Nullable Reason reasonToStop() {
            if (interrupted.getAsBoolean()) {
                return TrainingEvent.Reason.INTERRUPTED;
            }
            return time != null && System.nanoTime() - start > time.toNanos()
                    ? TrainingEvent.Reason.OUT_OF_TIME
                    : null;
        }

        private Progress step(List<B> batches, Progress before) {
            try {
                TrainingEvent.Stepped stepped = stepped(batches, before);
                recovery.stepped();
                tell(stepped);
                return stepped.progress();
            } catch (NonFiniteException e) {
                Progress after = before.stepped();
                recover(after, e);
                return after;
            }
        }

        private TrainingEvent.Stepped stepped(List<B> batches, Progress before) {
            int begin = before.batch() * accumulated;
            List<B> some = batches.subList(begin, Math.min(batches.size(), begin + accumulated));
            Progress at = before.stepped();
            Schedule.Position position =
                    new Schedule.Position(at.step(), length, monitored(), at.monitored());
            double rate = learningRate * schedule.factor(position);
            // the gradients are spent inside, so their memory serves the next step
            return Workspace.run(
                    () -> {
                        Gradients gradients = gradients(some, at.step());
                        float loss = gradients.loss();
                        if (!Float.isFinite(loss)) {
                            throw NonFiniteException.ofLoss(loss, at.step(), parameters);
                        }
                        double norm =
                                optimiser.step(
                                        parameters,
                                        gradients,
                                        state,
                                        name -> rate * objective.rate(name),
                                        clip,
                                        at.step());
                        int tokens = some.stream().mapToInt(objective::tokens).sum();
                        return new TrainingEvent.Stepped(
                                at,
                                loss,
                                norm,
                                clip.factor(norm),
                                rate,
                                tokens,
                                steps(batches.size()));
                    },
                    result -> List.of());
        }

        /** Of the mean of the batches' losses, each weighted as the objective says. */
        private Gradients gradients(List<B> some, long step) {
            if (some.size() == 1) {
                Mode mode = new Mode.Training(seed, step, labelSmoothing);
                return Gradients.of(() -> objective.loss(some.getFirst(), mode));
            }
            double all = some.stream().mapToDouble(objective::weight).sum();
            List<Supplier<Tensor>> parts = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                B batch = some.get(i);
                float share = (float) (objective.weight(batch) / all);
                // each with noise of its own
                Mode mode = new Mode.Training(Noise.key(seed, i), step, labelSmoothing);
                parts.add(() -> objective.loss(batch, mode).times(share));
            }
            return Gradients.ofSum(parts);
        }

        /** Goes on after numbers that are not finite, or does not. */
        private void recover(Progress after, NonFiniteException why) {
            recovery.from(why);
            tell(new TrainingEvent.Recovered(after, why, onNan));
        }

        private Progress validate(Progress at) {
            Map<String, Double> metrics = metrics(at);
            Double value = metrics.get(monitored().metric());
            if (value == null) {
                requireNoMonitor(metrics);
                return at;
            }
            Progress validated = at.validated(value);
            double before = monitored().best(at.monitored()).orElse(monitored().worst());
            boolean best = monitored().isBetter(value, before);
            tell(new TrainingEvent.Validated(validated, metrics, best));
            return validated;
        }

        /** What is not finite is neither handed on nor gone back to. */
        private Map<String, Double> metrics(Progress at) {
            while (true) {
                try {
                    NonFiniteException.requireFinite(at.step(), parameters, state);
                    Map<String, Double> metrics = objective.validate();
                    requireNumber(metrics.get(LOSS.metric()), at.step());
                    recovery.remember();
                    return metrics;
                } catch (NonFiniteException e) {
                    recover(at, e);
                }
            }
        }

        /** A loss that was a number and is none any more; without examples it never is one. */
        private void requireNumber(@Nullable Double loss, long step) {
            if (loss != null && Double.isFinite(loss)) {
                lossIsNumber = true;
            } else if (loss != null && lossIsNumber) {
                throw NonFiniteException.ofValidation(loss, step);
            }
        }

        /** A training without validation is fine, unless a setting depends on a metric. */
        private void requireNoMonitor(Map<String, Double> metrics) {
            if (!metrics.isEmpty() || monitor != null || patience != null) {
                throw new IllegalArgumentException(
                        "the monitored metric '%s' is not among those of the validation: %s"
                                .formatted(monitored().metric(), metrics.keySet()));
            }
        }

        private Progress end(Progress at, TrainingEvent.Reason reason) {
            tell(new TrainingEvent.Ended(at, reason));
            return at;
        }
    }

    private Monitor monitored() {
        return monitor == null ? LOSS : monitor;
    }

    private void tell(TrainingEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
