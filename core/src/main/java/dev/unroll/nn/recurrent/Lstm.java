package dev.unroll.nn.recurrent;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Observation.Gate;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Recurrences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000).
 *
 * <pre>
 *   i = σ(x·Wxi + h·Whi + bi)       f = σ(x·Wxf + h·Whf + bf)
 *   g = tanh(x·Wxg + h·Whg + bg)    o = σ(x·Wxo + h·Who + bo)
 *   c′ = f ⊙ c + i ⊙ g              h′ = o ⊙ tanh(c′)
 * </pre>
 *
 * @param wx [input, 4·hidden], gates side by side: i, f, g, o
 * @param wh [hidden, 4·hidden]
 * @param b [4·hidden]; the forget gate starts open (Jozefowicz et al. 2015, section 5)
 */
public record Lstm(Parameter wx, Parameter wh, Parameter b) implements Cell {

    /** What is applied to the parts of {@link #next}'s gates. */
    private static final Gate[] GATES = {
        new Gate("input gate", Unary.SIGMOID),
        new Gate("forget gate", Unary.SIGMOID),
        new Gate("candidate", Unary.TANH),
        new Gate("output gate", Unary.SIGMOID)
    };

    /** Weights evenly from ±1/√hidden, as PyTorch has them; bias 0, 1 on the forget gate. */
    public static Lstm of(int input, int hidden, Seed seed) {
        Sizes.check("lstm", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(hidden);
        return new Lstm(
                seed.at("wx").uniform(bound, input, 4 * hidden),
                seed.at("wh").uniform(bound, hidden, 4 * hidden),
                bias(hidden));
    }

    /** [4·hidden]: 1 on the forget gate, which starts open, else 0. */
    public static Parameter bias(int hidden) {
        float[] bias = new float[4 * hidden];
        Arrays.fill(bias, hidden, 2 * hidden, 1);
        return Parameter.of(bias, 4 * hidden);
    }

    @Override
    public CellState step(Tensor x, CellState s) {
        Tensor gates = x.matmul(wx).plus(s.h().matmul(wh)).plus(b);
        observe(this, gates);
        return next(gates, s.c());
    }

    /**
     * The state after a step, from the gates before their functions.
     *
     * @param gates [.., 4·hidden]: i, f, g, o
     * @param before the memory before the step, [.., hidden]
     */
    public static CellState next(Tensor gates, Tensor before) {
        Tensor[] z = gates.split(4); // 4 × [.., hidden]
        Tensor i = z[0].sigmoid();
        Tensor f = z[1].sigmoid();
        Tensor g = z[2].tanh();
        Tensor o = z[3].sigmoid();
        Tensor c = f.times(before).plus(i.times(g));
        return new CellState(o.times(c.tanh()), c);
    }

    @Override
    public Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        if (Observation.current() != null) {
            return StepByStep.unroll(this, xs, layout, first, backwards);
        }
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        Recurrences.LstmStates s =
                Recurrences.lstm(
                        order.steps(),
                        order.into(xs),
                        wx.value(),
                        wh.value(),
                        b.value(),
                        order.first(first.h()),
                        order.first(first.c()));
        CellState last = new CellState(order.last(s.h(), first.h()), order.last(s.c(), first.c()));
        return new Unrolled(order.back(s.h()), last);
    }

    /**
     * Tells the observer, if there is one, of the gates of a layer that {@link #next} steps.
     *
     * @param gates [.., 4·hidden], before their functions
     */
    public static void observe(Object layer, Tensor gates) {
        Observation.gates(layer, gates, GATES);
    }

    @Override
    public Map<String, Tensor> recurrentMatrices() {
        Tensor[] w = wh.value().split(4);
        Map<String, Tensor> matrices = new LinkedHashMap<>();
        for (int i = 0; i < w.length; i++) {
            matrices.put(GATES[i].name(), w[i]);
        }
        return matrices;
    }

    @Override
    public int hidden() {
        return wh.shape().dim(0);
    }

    @Override
    public int memory() {
        return hidden();
    }
}
