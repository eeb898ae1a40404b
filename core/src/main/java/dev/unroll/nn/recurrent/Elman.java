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
import java.util.Map;

/**
 * The simple recurrent network (Elman 1990).
 *
 * <pre>
 *   h′ = f(x·Wx + h·Wh + b)
 * </pre>
 *
 * @param f tanh, ReLU, or the logistic function
 * @param wx [input, hidden]
 * @param wh [hidden, hidden]
 * @param b [hidden]
 */
public record Elman(Activation f, Parameter wx, Parameter wh, Parameter b) implements Cell {

    /** The functions that f may be. */
    public enum Activation {
        /** tanh x */
        TANH,
        /** max(x, 0) (Le et al. 2015) */
        RELU,
        /** σ(x) = 1/(1 + e⁻ˣ) */
        SIGMOID;

        private Unary function() {
            return switch (this) {
                case TANH -> Unary.TANH;
                case RELU -> Unary.RELU;
                case SIGMOID -> Unary.SIGMOID;
            };
        }
    }

    /** With tanh; weights as in {@link #of(Activation, int, int, Seed)}. */
    public static Elman of(int input, int hidden, Seed seed) {
        return of(Activation.TANH, input, hidden, seed);
    }

    /** Weights evenly from ±1/√hidden, as PyTorch has them. */
    public static Elman of(Activation f, int input, int hidden, Seed seed) {
        Sizes.check("elman", "input", input, "hidden", hidden);
        double bound = 1 / Math.sqrt(hidden);
        return new Elman(
                f,
                seed.at("wx").uniform(bound, input, hidden),
                seed.at("wh").uniform(bound, hidden, hidden),
                Parameter.full(0, hidden));
    }

    @Override
    public CellState step(Tensor x, CellState state) {
        Tensor h = state.h();
        Tensor z = x.matmul(wx).plus(h.matmul(wh)).plus(b); // [batch, hidden]
        Observation.activation(this, "state", f.function(), z);
        return new CellState(
                switch (f) {
                    case TANH -> z.tanh();
                    case RELU -> z.relu();
                    case SIGMOID -> z.sigmoid();
                });
    }

    @Override
    public Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        if (Observation.current() != null) {
            return StepByStep.unroll(this, xs, layout, first, backwards);
        }
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        Tensor h =
                Recurrences.elman(
                        f.function(),
                        order.steps(),
                        order.into(xs),
                        wx.value(),
                        wh.value(),
                        b.value(),
                        order.first(first.h()));
        return order.unrolled(h, first);
    }

    @Override
    public Map<String, Tensor> recurrentMatrices() {
        return Map.of("state", wh.value());
    }

    @Override
    public int hidden() {
        return wh.shape().dim(0);
    }
}
