package dev.unroll.nn.recurrent;

import dev.unroll.nn.Observation;
import dev.unroll.nn.Observation.Gate;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Long short-term memory whose gates are chosen one by one, to see what each is good for (Greff et
 * al. 2017). With {@link LstmGates#STANDARD} it is {@link Lstm}.
 *
 * <pre>
 *   i = γ(x·Wxi + h·Whi + bi), or 1, or 1 − f      γ: σ, ReLU, tanh or softplus
 *   f = σ(x·Wxf + h·Whf + bf), or 1
 *   g = tanh(x·Wxg + h·Whg + bg)
 *   o = σ(x·Wxo + h·Who + bo), or 1
 *   c′ = f ⊙ c + i ⊙ g              h′ = o ⊙ tanh(c′)
 * </pre>
 *
 * <p>The standard gates are unrolled in one fused operation, the others step by step.
 *
 * @param gates which gates there are, and the function of the input gate
 * @param wx [input, sums·hidden], side by side what there is of i, f, g, o
 * @param wh [hidden, sums·hidden]
 * @param b [sums·hidden]
 */
public record LstmVariant(LstmGates gates, Parameter wx, Parameter wh, Parameter b)
        implements Cell {

    public LstmVariant {
        int hidden = wh.shape().dim(0);
        int width = gates.sums() * hidden;
        if (wx.shape().dim(1) != width || wh.shape().dim(1) != width || b.size() != width) {
            throw new IllegalArgumentException(
                    ("lstm: wx %s, wh %s and b %s do not fit these gates: %d sums of %d numbers"
                                    + " side by side are %d")
                            .formatted(
                                    wx.shape(),
                                    wh.shape(),
                                    b.shape(),
                                    gates.sums(),
                                    hidden,
                                    width));
        }
    }

    /**
     * Weights evenly from ±1/√hidden, as PyTorch has them; bias 0, 1 on a forget gate. With an
     * input gate of any function they are those of {@link Lstm#of} from the same seed.
     */
    public static LstmVariant of(LstmGates gates, int input, int hidden, Seed seed) {
        Sizes.check("lstm", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(hidden);
        int width = gates.sums() * hidden;
        float[] bias = new float[width];
        if (gates.forget()) {
            int from = gates.forgetSum() * hidden;
            Arrays.fill(bias, from, from + hidden, 1);
        }
        return new LstmVariant(
                gates,
                seed.at("wx").uniform(bound, input, width),
                seed.at("wh").uniform(bound, hidden, width),
                Parameter.of(bias, width));
    }

    @Override
    public CellState step(Tensor x, CellState s) {
        Tensor sums = x.matmul(wx).plus(s.h().matmul(wh)).plus(b);
        Observation.gates(this, sums, gates.parts().toArray(Gate[]::new));
        Iterator<Tensor> z = Arrays.asList(sums.split(gates.sums())).iterator();
        Tensor one = Tensor.scalar(1);
        Tensor zi = gates.input().hasWeights() ? z.next() : one;
        Tensor f = gates.forget() ? z.next().sigmoid() : one;
        Tensor g = z.next().tanh();
        Tensor o = gates.output() ? z.next().sigmoid() : one;
        Tensor i =
                switch (gates.input()) {
                    case SIGMOID -> zi.sigmoid();
                    case RELU -> zi.relu();
                    case TANH -> zi.tanh();
                    case SOFTPLUS -> zi.softplus();
                    case OPEN -> one;
                    case COUPLED -> f.complement();
                };
        Tensor c = f.times(s.c()).plus(i.times(g));
        return new CellState(o.times(c.tanh()), c);
    }

    @Override
    public Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        return gates.equals(LstmGates.STANDARD)
                ? new Lstm(wx, wh, b).unroll(xs, layout, first, backwards)
                : StepByStep.unroll(this, xs, layout, first, backwards);
    }

    @Override
    public Map<String, Tensor> recurrentMatrices() {
        Tensor[] w = wh.value().split(gates.sums());
        Map<String, Tensor> matrices = new LinkedHashMap<>();
        for (int i = 0; i < w.length; i++) {
            matrices.put(gates.parts().get(i).name(), w[i]);
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
