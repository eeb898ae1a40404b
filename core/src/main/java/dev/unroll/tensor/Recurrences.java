package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import org.jspecify.annotations.Nullable;

/**
 * Whole unrolled recurrences, each as one operation beside its derivative (backpropagation through
 * time, Werbos 1990). The input's share of all steps is one product, made before the first step;
 * the gradients of the weights are products over all steps, made after the last.
 *
 * <p>Rows are time-major as {@link TimeMajorSteps} says: x [rows, input], picked from a table whose
 * rows may serve often; states [rows, hidden], first states [batch, hidden].
 */
public final class Recurrences {
    private Recurrences() {}

    private static Recurrence backend() {
        return Backends.current().recurrence();
    }

    /** Hidden and cell states after each step. */
    public record LstmStates(Tensor h, Tensor c) {}

    /**
     * Elman's network: h′ = f(x·wx + h·wh + b).
     *
     * @param f TANH, RELU or SIGMOID
     * @param wx [input, hidden]
     * @param wh [hidden, hidden]
     * @param b [hidden]
     * @return h after each step
     */
    public static Tensor elman(
            Unary f,
            TimeMajorSteps steps,
            IndexedRows x,
            Tensor wx,
            Tensor wh,
            Tensor b,
            Tensor h0) {
        check("elman", 1, steps, x, wx, wh, b, h0);
        if (f != Unary.TANH && f != Unary.RELU && f != Unary.SIGMOID) {
            throw new IllegalArgumentException("elman: f is TANH, RELU or SIGMOID, not " + f);
        }
        Tensor weights = wh.contiguous();
        Tensor first = h0.contiguous();
        InputProjection share = InputProjection.of(x, wx, b);
        Tensor h = share.forward();
        backend().elman(f, steps, h.view(), weights.view(), first.view(), h.view());
        return Tape.record(
                h,
                dy -> {
                    Tensor dz = Tensor.allocate(h.shape());
                    Tensor dh0 = Tensor.allocate(h0.shape());
                    backend()
                            .elmanBackward(
                                    f,
                                    steps,
                                    weights.view(),
                                    h.view(),
                                    Views.contiguousView(dy),
                                    dz.view(),
                                    dh0.view());
                    Tensor dwh = MatMul.plain(before(steps, h, first).transpose(), dz);
                    return share.backward(dz, dwh, dh0);
                },
                x.table(),
                wx,
                b,
                weights,
                h0);
    }

    /**
     * LSTM with the gates side by side i, f, g, o.
     *
     * @param wx [input, 4·hidden]
     * @param wh [hidden, 4·hidden]
     * @param b [4·hidden]
     */
    public static LstmStates lstm(
            TimeMajorSteps steps,
            IndexedRows x,
            Tensor wx,
            Tensor wh,
            Tensor b,
            Tensor h0,
            Tensor c0) {
        check("lstm", 4, steps, x, wx, wh, b, h0);
        if (!c0.shape().equals(h0.shape())) {
            throw new IllegalArgumentException(
                    "lstm: first cell state %s, first hidden state %s: they have one shape"
                            .formatted(c0.shape(), h0.shape()));
        }
        Tensor weights = wh.contiguous();
        Tensor first = h0.contiguous();
        Tensor firstCell = c0.contiguous();
        int hidden = weights.dim(0);
        InputProjection share = InputProjection.of(x, wx, b);
        Tensor gates = share.forward();
        Tensor h = Tensor.allocate(Shape.of(x.size(), hidden));
        Tensor c = Tensor.allocate(Shape.of(x.size(), hidden));
        Recurrence.Lstm run =
                new Recurrence.Lstm(
                        steps,
                        gates.view(),
                        weights.view(),
                        first.view(),
                        firstCell.view(),
                        h.view(),
                        c.view());
        backend().lstm(run);
        Tensor[] states =
                Tape.record(
                        new Tensor[] {h, c},
                        dys -> {
                            Tensor dh0 = Tensor.allocate(h0.shape());
                            Tensor dc0 = Tensor.allocate(c0.shape());
                            View dh = orZeros(dys[0], h.shape());
                            View dc = orNone(dys[1], hidden);
                            backend().lstmBackward(run, dh, dc, dh0.view(), dc0.view());
                            Tensor dz = gates;
                            Tensor dwh = MatMul.plain(before(steps, h, first).transpose(), dz);
                            return share.backward(dz, dwh, dh0, dc0);
                        },
                        x.table(),
                        wx,
                        b,
                        weights,
                        h0,
                        c0);
        return new LstmStates(states[0], states[1]);
    }

    /**
     * GRU with the gates side by side r, z, n.
     *
     * @param resetAfter the reset gate acts after the product with wh (cuDNN, PyTorch), else before
     * @param wx [input, 3·hidden]
     * @param wh [hidden, 3·hidden]
     * @param b [3·hidden]
     * @param bn [hidden], added to h·whn before the reset gate; only with resetAfter
     * @return h after each step
     */
    public static Tensor gru(
            boolean resetAfter,
            TimeMajorSteps steps,
            IndexedRows x,
            Tensor wx,
            Tensor wh,
            Tensor b,
            Tensor bn,
            Tensor h0) {
        check("gru", 3, steps, x, wx, wh, b, h0);
        if (!bn.shape().equals(Shape.of(wh.dim(0)))) {
            throw new IllegalArgumentException(
                    "gru: bn %s, wh %s: expected bn [hidden]".formatted(bn.shape(), wh.shape()));
        }
        Tensor weights = wh.contiguous();
        Tensor first = h0.contiguous();
        int hidden = weights.dim(0);
        InputProjection share = InputProjection.of(x, wx, b);
        Tensor gates = share.forward();
        Tensor h = Tensor.allocate(Shape.of(x.size(), hidden));
        Tensor inner = Tensor.allocate(Shape.of(x.size(), hidden));
        Recurrence.Gru run =
                new Recurrence.Gru(
                        resetAfter,
                        steps,
                        gates.view(),
                        weights.view(),
                        bn.view(),
                        first.view(),
                        h.view(),
                        inner.view());
        backend().gru(run);
        return Tape.record(
                h,
                dy -> {
                    Tensor dh0 = Tensor.allocate(h0.shape());
                    backend().gruBackward(run, Views.contiguousView(dy), dh0.view());
                    Tensor dz = gates;
                    Tensor last = before(steps, h, first).transpose();
                    Tensor dwh = Tensor.allocate(weights.shape());
                    // r and z saw h; n saw h too (its own gradient is in inner) or r ⊙ h (inner)
                    product(last, dz.slice(1, 0, 2 * hidden), dwh.slice(1, 0, 2 * hidden));
                    Tensor forN = dwh.slice(1, 2 * hidden, 3 * hidden);
                    if (resetAfter) {
                        product(last, inner, forN);
                    } else {
                        product(inner.transpose(), dz.slice(1, 2 * hidden, 3 * hidden), forN);
                    }
                    Tensor dbn = resetAfter ? inner.sum(0) : Tensor.zeros(hidden);
                    return share.backward(dz, dwh, dbn, dh0);
                },
                x.table(),
                wx,
                b,
                weights,
                bn,
                h0);
    }

    private static void product(Tensor a, Tensor b, Tensor c) {
        Backends.current().products().matmul(a.view(), b.view(), c.view(), false);
    }

    /** For each row, the state it continues. */
    private static Tensor before(TimeMajorSteps steps, Tensor h, Tensor first) {
        Tensor y = Tensor.allocate(h.shape());
        int batch = steps.batch();
        if (batch > 0) {
            Views.copy(first.view(), y.view().rows(0, batch));
        }
        int[] previous = steps.previous();
        if (previous.length > 0) {
            View rest = y.view().rows(batch, previous.length);
            Backends.current().rows().gather(h.view(), previous, rest);
        }
        return y;
    }

    private static View orZeros(@Nullable Tensor dy, Shape shape) {
        return dy == null ? Tensor.zeros(shape.dims()).view() : Views.contiguousView(dy);
    }

    private static View orNone(@Nullable Tensor dy, int hidden) {
        return dy == null ? Tensor.zeros(0, hidden).view() : Views.contiguousView(dy);
    }

    private static void check(
            String name,
            int gates,
            TimeMajorSteps steps,
            IndexedRows x,
            Tensor wx,
            Tensor wh,
            Tensor b,
            Tensor h0) {
        int hidden = wh.dim(0);
        Shape rows = Shape.of(x.size(), x.table().dim(1));
        boolean fits =
                x.size() == steps.rows()
                        && wx.shape().equals(Shape.of(rows.dim(1), gates * hidden))
                        && wh.shape().equals(Shape.of(hidden, gates * hidden))
                        && b.shape().equals(Shape.of(gates * hidden))
                        && h0.shape().equals(Shape.of(steps.batch(), hidden));
        if (!fits) {
            throw new IllegalArgumentException(
                    ("%s: x %s over %d rows of %d sequences, wx %s, wh %s, b %s, first state %s:"
                                    + " expected wx [input, %d·hidden], wh [hidden, %d·hidden]")
                            .formatted(
                                    name,
                                    rows,
                                    steps.rows(),
                                    steps.batch(),
                                    wx.shape(),
                                    wh.shape(),
                                    b.shape(),
                                    h0.shape(),
                                    gates,
                                    gates));
        }
    }
}
