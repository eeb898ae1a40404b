package dev.unroll.watch;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Probe;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One pass forward and back with an observer bound, without changing a weight. */
public final class ObservedPass {
    private ObservedPass() {}

    /**
     * Looks at a loss and its gradients.
     *
     * @param parameters of the model, by name
     * @param loss computes a tensor of one number from them
     * @param histograms whether to count weights and gradients in buckets
     * @return what was seen, as plain values
     */
    public static Observed of(
            Map<String, Parameter> parameters, Supplier<Tensor> loss, boolean histograms) {
        return MemoryScope.run(() -> look(0, parameters, loss, histograms));
    }

    /**
     * Looks at the first batch of an objective's training set, in {@link Mode#INFERENCE}: without
     * dropout and label smoothing.
     *
     * @param <B> a batch
     * @param objective with the weights to look at
     * @return what was seen, as plain values
     * @throws IllegalArgumentException if there is no batch
     */
    public static <B> Observed ofFirstBatch(Objective<B> objective) {
        List<B> batches = objective.batches(0);
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("the training set is empty: nothing to look at");
        }
        B batch = batches.getFirst();
        return of(objective.parameters(), () -> objective.loss(batch, Mode.INFERENCE), false);
    }

    static Observed look(
            long step,
            Map<String, Parameter> parameters,
            Supplier<Tensor> loss,
            boolean histograms) {
        Collector collector = new Collector(parameters);
        Gradients gradients = Observation.of(collector, () -> Gradients.of(loss));
        List<ParameterFlow> flows = new ArrayList<>();
        List<Histogram> counted = new ArrayList<>();
        double squares = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            Parameter p = entry.getValue();
            double gradient = gradients.has(p) ? Probe.norm(gradients.of(p)) : 0;
            squares += gradient * gradient;
            flows.add(
                    new ParameterFlow(
                            entry.getKey(),
                            Arrays.stream(p.shape().dims()).boxed().toList(),
                            Probe.norm(p.value()),
                            gradient,
                            null));
            if (histograms) {
                counted.add(Histogram.of("weights/" + entry.getKey(), p.value().toArray()));
                counted.add(Histogram.of("gradients/" + entry.getKey(), gradients.of(p).toArray()));
            }
        }
        Diagnosis diagnosis =
                new Diagnosis(
                        step,
                        gradients.loss(),
                        Math.sqrt(squares),
                        null,
                        flows,
                        collector.sequences(),
                        collector.shares(),
                        collector.focus());
        return new Observed(diagnosis, collector.maps(), counted);
    }
}
