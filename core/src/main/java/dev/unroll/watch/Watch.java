package dev.unroll.watch;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import dev.unroll.train.TrainingEvent;
import dev.unroll.train.TrainingListener;
import dev.unroll.watch.Diagnosis.Clipping;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a training: every so many steps it makes one more pass over the batch of the step,
 * forward and back, in which layers run their formulas and show what lies between.
 *
 * <pre>{@code
 * Watch<Batch> watch = Watch.of(objective, Interval.STANDARD, false,
 *         seen -> System.out.println(seen.diagnosis().summary()));
 * Training.of(Adam.standard(), 1e-3).epochs(8).listen(watch).run(watch.objective());
 * }</pre>
 *
 * <p>The training computes the same bits as without a watch. A watch belongs to one training, and
 * is used on its thread.
 *
 * @param <B> a batch
 */
public final class Watch<B> implements TrainingListener {
    private final Objective<B> objective;
    private final Interval interval;
    private final boolean histograms;
    private final Consumer<Observed> listener;
    private final Map<String, Parameter> parameters;
    private final List<Double> factors = new ArrayList<>();
    private final Map<String, float[]> before = new HashMap<>();
    private @Nullable Observed pending;
    private @Nullable Last<B> last;
    private long steps;
    private long begin = -1;
    private long spent;
    private long first = -1;
    private long latest;

    /**
     * The batch of the last step.
     *
     * @param batch that was trained on
     * @param mode of its step
     * @param observed whether the step was observed
     */
    private record Last<B>(B batch, Mode.Training mode, boolean observed) {}

    private Watch(
            Objective<B> objective,
            Interval interval,
            boolean histograms,
            Consumer<Observed> listener) {
        this.objective = objective;
        this.interval = interval;
        this.histograms = histograms;
        this.listener = listener;
        this.parameters = objective.parameters();
    }

    /**
     * A watch of an objective.
     *
     * @param <B> a batch
     * @param objective to be trained
     * @param interval when to observe
     * @param histograms whether weights and gradients are counted in buckets, too
     * @param listener told of each observed step after it is done, and of the end of the training
     * @return a watch, to be added to the training as a listener
     */
    public static <B> Watch<B> of(
            Objective<B> objective,
            Interval interval,
            boolean histograms,
            Consumer<Observed> listener) {
        return new Watch<>(objective, interval, histograms, listener);
    }

    /** {@return the objective to train in place of the one that is watched} */
    public Objective<B> objective() {
        return new Watched();
    }

    /** {@return the seconds that observing has taken so far} */
    public double seconds() {
        return spent * 1e-9;
    }

    /** {@return the share of the time since the first step that observing has taken, 0 to 1} */
    public double share() {
        return begin < 0 ? 0 : spent / (double) Math.max(1, System.nanoTime() - begin);
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Stepped s -> stepped(s);
            case TrainingEvent.Validated _ -> {}
            case TrainingEvent.Recovered _ -> {}
            case TrainingEvent.Ended _ -> ended();
        }
    }

    private void stepped(TrainingEvent.Stepped s) {
        steps++;
        if (s.clipping() < 1) {
            factors.add(s.clipping());
        }
        Observed seen = pending;
        if (seen != null) {
            pending = null;
            long from = System.nanoTime();
            tell(seen, true);
            before.clear();
            spent += System.nanoTime() - from;
        }
    }

    private void tell(Observed seen, boolean updated) {
        Diagnosis d = seen.diagnosis();
        Clipping clipping =
                new Clipping(
                        steps,
                        factors.size(),
                        factors.isEmpty()
                                ? 1
                                : Verdict.median(factors.stream().mapToDouble(f -> f).toArray()));
        steps = 0;
        factors.clear();
        List<ParameterFlow> flows =
                updated ? d.parameters().stream().map(this::updated).toList() : d.parameters();
        Diagnosis whole =
                new Diagnosis(
                        d.step(),
                        d.loss(),
                        d.gradientNorm(),
                        clipping,
                        flows,
                        d.sequences(),
                        d.activations(),
                        d.heads());
        listener.accept(new Observed(whole, seen.attention(), seen.histograms()));
    }

    private ParameterFlow updated(ParameterFlow flow) {
        float[] old = before.get(flow.name());
        Parameter parameter = parameters.get(flow.name());
        if (old == null || parameter == null) {
            return flow;
        }
        float[] now = parameter.value().toArray();
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            double change = (double) now[i] - old[i];
            sum += change * change;
        }
        return new ParameterFlow(
                flow.name(), flow.shape(), flow.weight(), flow.gradient(), Math.sqrt(sum));
    }

    /** The last batch once more, with the weights of the end. */
    private void ended() {
        Last<B> end = last;
        if (end != null && !end.observed && mayObserveTheEnd()) {
            tell(look(end.batch, end.mode), false);
        }
        last = null;
    }

    private boolean mayObserve() {
        long counted = spent - first;
        return first < 0 || counted <= interval.share() * (System.nanoTime() - begin);
    }

    /** Everything counts at the end, with what one more observation will take. */
    private boolean mayObserveTheEnd() {
        double share = Math.max(interval.share(), Interval.MOST_IN_ALL);
        return first < 0
                || interval.share() >= 1
                || spent + latest <= share * (System.nanoTime() - begin);
    }

    private Observed look(B batch, Mode.Training mode) {
        long from = System.nanoTime();
        Observed seen =
                MemoryScope.run(
                        () ->
                                ObservedPass.look(
                                        mode.step(),
                                        parameters,
                                        () -> objective.loss(batch, mode),
                                        histograms));
        latest = System.nanoTime() - from;
        spent += latest;
        first = first < 0 ? spent : first;
        return seen;
    }

    private void about(B batch, Mode.Training mode) {
        if (begin < 0) {
            begin = System.nanoTime();
        }
        if (last != null && last.mode().step() == mode.step()) {
            return; // of batches that one step follows together, the first is looked at
        }
        boolean look = interval.contains(mode.step()) && mayObserve();
        last = new Last<>(batch, mode, look);
        if (look) {
            pending = look(batch, mode);
            parameters.forEach((name, p) -> before.put(name, p.value().toArray()));
        }
    }

    /** The objective as it is, whose training steps are seen. */
    private final class Watched implements Objective<B> {
        @Override
        public Map<String, Parameter> parameters() {
            return parameters;
        }

        @Override
        public List<B> batches(int epoch) {
            return objective.batches(epoch);
        }

        @Override
        public Tensor loss(B batch, Mode mode) {
            if (mode instanceof Mode.Training training) {
                about(batch, training);
            }
            return objective.loss(batch, mode);
        }

        @Override
        public int tokens(B batch) {
            return objective.tokens(batch);
        }

        @Override
        public double weight(B batch) {
            return objective.weight(batch);
        }

        @Override
        public double rate(String parameter) {
            return objective.rate(parameter);
        }

        @Override
        public Map<String, Double> validate() {
            return objective.validate();
        }
    }
}
