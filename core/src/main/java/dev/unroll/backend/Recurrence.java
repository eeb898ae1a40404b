package dev.unroll.backend;

/**
 * Whole recurrences: every step of every sequence in one operation. Rows are time-major as {@link
 * TimeMajorSteps} says; all views are contiguous. The input's share of the gates (x·Wx + b) has
 * been computed for all steps at once. Derivatives give the gradients of the gates before
 * activation; those of the weights are then one product over all steps.
 */
public interface Recurrence {

    /**
     * h = f(x + h·Wh) (Elman 1990).
     *
     * @param f TANH, RELU or SIGMOID: functions whose slope follows from their value
     * @param x [rows, hidden], the input's share
     * @param wh [hidden, hidden]
     * @param h0 [batch, hidden]
     * @param h [rows, hidden], written; may be x
     */
    void elman(Unary f, TimeMajorSteps steps, View x, View wh, View h0, View h);

    /**
     * @param dh [rows, hidden], gradient of h
     * @param dx [rows, hidden], written: gradient of the sum before f
     * @param dh0 [batch, hidden], written
     */
    void elmanBackward(Unary f, TimeMajorSteps steps, View wh, View h, View dh, View dx, View dh0);

    /**
     * LSTM (Hochreiter and Schmidhuber 1997; Gers et al. 2000), gates side by side i, f, g, o.
     *
     * @param gates [rows, 4·hidden], holds the input's share; the activated gates replace it
     * @param wh [hidden, 4·hidden]
     * @param h0 [batch, hidden]
     * @param c0 [batch, hidden]
     * @param h [rows, hidden], written
     * @param c [rows, hidden], written
     */
    record Lstm(TimeMajorSteps steps, View gates, View wh, View h0, View c0, View h, View c) {}

    /** Writes the states of an LSTM. */
    void lstm(Lstm x);

    /**
     * @param x as {@link #lstm} left it; its gates are replaced by the gradients before activation
     * @param dh [rows, hidden], gradient of h
     * @param dc [rows, hidden], gradient of c from outside the recurrence; may be of 0 rows: none
     * @param dh0 [batch, hidden], written
     * @param dc0 [batch, hidden], written
     */
    void lstmBackward(Lstm x, View dh, View dc, View dh0, View dc0);

    /**
     * GRU (Cho et al. 2014), gates side by side r, z, n; h′ = (1 − z) ⊙ n + z ⊙ h.
     *
     * @param resetAfter n = tanh(xn + r ⊙ (h·Whn + bn)), as cuDNN and PyTorch have it; else n =
     *     tanh(xn + (r ⊙ h)·Whn), as in the paper
     * @param gates [rows, 3·hidden], holds the input's share; the activated gates replace it
     * @param wh [hidden, 3·hidden]
     * @param bn [hidden], read only with resetAfter
     * @param h0 [batch, hidden]
     * @param h [rows, hidden], written
     * @param inner [rows, hidden], written for the derivative: h·Whn + bn with resetAfter, else r ⊙
     *     h
     */
    record Gru(
            boolean resetAfter,
            TimeMajorSteps steps,
            View gates,
            View wh,
            View bn,
            View h0,
            View h,
            View inner) {}

    /** Writes the states of a GRU. */
    void gru(Gru x);

    /**
     * @param x as {@link #gru} left it; its gates are replaced by the gradients before activation,
     *     and with resetAfter inner is replaced by its gradient
     * @param dh [rows, hidden], gradient of h
     * @param dh0 [batch, hidden], written
     */
    void gruBackward(Gru x, View dh, View dh0);
}
