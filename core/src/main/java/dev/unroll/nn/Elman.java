package dev.unroll.nn;

import dev.unroll.backend.Unary;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Picked;
import dev.unroll.tensor.Recurrences;
import dev.unroll.tensor.Tensor;

/**
 * The simple recurrent network (Elman 1990).
 *
 * <pre>
 *   h′ = f(x·Wx + h·Wh + b)
 * </pre>
 *
 * @param f tanh, or ReLU
 * @param wx [input, hidden]
 * @param wh [hidden, hidden]
 * @param b [hidden]
 */
public record Elman(Activation f, Parameter wx, Parameter wh, Parameter b) implements Cell<Tensor> {

    /** What f may be. */
    public enum Activation {
        /** tanh x */
        TANH,
        /** max(x, 0) */
        RELU
    }

    /** Weights evenly from ±1/√hidden, as PyTorch has them. */
    public static Elman of(Activation f, int input, int hidden, Seed seed) {
        double bound = 1 / Math.sqrt(hidden);
        return new Elman(
                f,
                seed.at("wx").uniform(bound, input, hidden),
                seed.at("wh").uniform(bound, hidden, hidden),
                Parameter.full(0, hidden));
    }

    @Override
    public Tensor step(Tensor x, Tensor h) {
        Tensor z = x.matmul(wx).plus(h.matmul(wh)).plus(b); // [batch, hidden]
        return switch (f) {
            case TANH -> z.tanh();
            case RELU -> z.relu();
        };
    }

    @Override
    public Unrolled<Tensor> unroll(Picked xs, Layout layout, Tensor first, boolean backwards) {
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        Tensor h =
                Recurrences.elman(
                        f == Activation.TANH ? Unary.TANH : Unary.RELU,
                        order.steps(),
                        order.into(xs),
                        wx.value(),
                        wh.value(),
                        b.value(),
                        order.first(first));
        return new Unrolled<>(order.back(h), order.last(h, first));
    }

    @Override
    public Tensor output(Tensor h) {
        return h;
    }

    @Override
    public Tensor start(int batch) {
        return Tensor.zeros(batch, hidden());
    }

    @Override
    public Tensor gather(Tensor h, int... index) {
        return h.gather(index);
    }

    @Override
    public Tensor state(Tensor h, Tensor c) {
        return h;
    }

    @Override
    public int hidden() {
        return wh.shape().dim(0);
    }
}
