package dev.unroll.nn.recurrent;

import dev.unroll.backend.Unary;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Recurrences;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gated recurrent unit (Cho et al. 2014), in two variants.
 *
 * <pre>
 *   r = σ(x·Wxr + h·Whr + br)       z = σ(x·Wxz + h·Whz + bz)
 *   n = tanh(x·Wxn + r ⊙ (h·Whn + bhn) + bn)      reset AFTER the product (cuDNN, PyTorch)
 *   n = tanh(x·Wxn + (r ⊙ h)·Whn + bn)            reset BEFORE it (the paper, ONNX's default)
 *   h′ = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 *
 * @param reset which variant
 * @param wx [input, 3·hidden], gates side by side: r, z, n
 * @param wh [hidden, 3·hidden]
 * @param b [3·hidden]
 * @param bhn [hidden]; without effect when the reset comes before
 */
public record Gru(Reset reset, Parameter wx, Parameter wh, Parameter b, Parameter bhn)
        implements Cell {

    /** Where the reset gate acts. */
    public enum Reset {
        /** On h·Whn + bhn. */
        AFTER,
        /** On h. */
        BEFORE
    }

    /** The reset after the product; weights as in {@link #of(Reset, int, int, Seed)}. */
    public static Gru of(int input, int hidden, Seed seed) {
        return of(Reset.AFTER, input, hidden, seed);
    }

    /** Weights evenly from ±1/√hidden, as PyTorch has them; biases 0. */
    public static Gru of(Reset reset, int input, int hidden, Seed seed) {
        Sizes.check("gru", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(hidden);
        return new Gru(
                reset,
                seed.at("wx").uniform(bound, input, 3 * hidden),
                seed.at("wh").uniform(bound, hidden, 3 * hidden),
                Parameter.full(0, 3 * hidden),
                Parameter.full(0, hidden));
    }

    @Override
    public CellState step(Tensor x, CellState state) {
        Tensor h = state.h();
        Tensor[] xs = x.matmul(wx).plus(b).split(3); // 3 × [batch, hidden]
        Tensor[] w = wh.value().split(3); // 3 × [hidden, hidden]
        Tensor reads = xs[0].plus(h.matmul(w[0]));
        Tensor keeps = xs[1].plus(h.matmul(w[1]));
        Tensor r = reads.sigmoid();
        Tensor z = keeps.sigmoid();
        Tensor proposed =
                switch (reset) {
                    case AFTER -> xs[2].plus(r.times(h.matmul(w[2]).plus(bhn)));
                    case BEFORE -> xs[2].plus(r.times(h).matmul(w[2]));
                };
        Tensor n = proposed.tanh();
        Observation.activation(this, "reset gate", Unary.SIGMOID, reads);
        Observation.activation(this, "update gate", Unary.SIGMOID, keeps);
        Observation.activation(this, "candidate", Unary.TANH, proposed);
        return new CellState(z.complement().times(n).plus(z.times(h)));
    }

    @Override
    public Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        if (Observation.current() != null) {
            return StepByStep.unroll(this, xs, layout, first, backwards);
        }
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        Tensor h =
                Recurrences.gru(
                        reset == Reset.AFTER,
                        order.steps(),
                        order.into(xs),
                        wx.value(),
                        wh.value(),
                        b.value(),
                        bhn.value(),
                        order.first(first.h()));
        return order.unrolled(h, first);
    }

    @Override
    public Map<String, Tensor> recurrentMatrices() {
        Tensor[] w = wh.value().split(3);
        Map<String, Tensor> matrices = new LinkedHashMap<>();
        matrices.put("reset gate", w[0]);
        matrices.put("update gate", w[1]);
        matrices.put("candidate", w[2]);
        return matrices;
    }

    @Override
    public int hidden() {
        return wh.shape().dim(0);
    }
}
