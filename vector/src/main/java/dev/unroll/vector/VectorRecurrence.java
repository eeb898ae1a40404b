package dev.unroll.vector;

import static dev.unroll.backend.ArrayBuffer.floats;

import dev.unroll.backend.ArrayBuffer;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Steps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.backend.Workspace;
import java.util.Arrays;

/**
 * Whole recurrences: weights are packed once and used by every step, each thread takes its own
 * sequences through all steps, and gates follow their product while it is in the cache.
 */
public final class VectorRecurrence implements Recurrence {
    private final Workers workers;

    public VectorRecurrence(Workers workers) {
        this.workers = workers;
    }

    @Override
    public void elman(Unary f, Steps steps, View x, View wh, View h0, View h) {
        int n = wh.dim(0);
        float[] in = floats(x.buffer());
        float[] out = floats(h.buffer());
        float[] first = floats(h0.buffer());
        Lines.Function gate = f == Unary.TANH ? Activations::tanh : ElmanGates::relu;
        Weights w = Weights.of(workers, Matrix.of(wh, 0));
        Sequencing.forward(
                workers,
                steps,
                (row, j, count, before) -> {
                    int at = h.offset() + row * n;
                    System.arraycopy(in, x.offset() + row * n, out, at, count * n);
                    if (before < 0) {
                        w.times(count, first, h0.offset() + j * n, n, out, at, n, true);
                    } else {
                        w.times(count, out, h.offset() + before * n, n, out, at, n, true);
                    }
                    Lines.apply(gate, count, n, 1, new Lines(out, at, n));
                });
        w.release();
    }

    @Override
    public void elmanBackward(Unary f, Steps steps, View wh, View h, View dh, View dx, View dh0) {
        int n = wh.dim(0);
        float[] states = floats(h.buffer());
        float[] up = floats(dh.buffer());
        float[] out = floats(dx.buffer());
        float[] next = zeros(dh0);
        Lines.Function gate = f == Unary.TANH ? ElmanGates::backwardTanh : ElmanGates::backwardRelu;
        Weights w = Weights.of(workers, Matrix.of(wh, 0).transposed());
        Sequencing.backward(
                workers,
                steps,
                (row, j, count, before) -> {
                    int at = dx.offset() + row * n;
                    int to = dh0.offset() + j * n;
                    Lines.apply(
                            gate,
                            count,
                            n,
                            1,
                            new Lines(out, at, n),
                            new Lines(states, h.offset() + row * n, n),
                            new Lines(up, dh.offset() + row * n, n),
                            new Lines(next, to, n));
                    w.times(count, out, at, n, next, to, n, false);
                });
        w.release();
    }

    @Override
    public void lstm(Steps steps, View gates, View wh, View h0, View c0, View h, View c) {
        int n = wh.dim(0);
        float[] z = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] cs = floats(c.buffer());
        float[] firstH = floats(h0.buffer());
        float[] firstC = floats(c0.buffer());
        Weights w = Weights.of(workers, Matrix.of(wh, 0));
        Sequencing.forward(
                workers,
                steps,
                (row, j, count, before) -> {
                    boolean first = before < 0;
                    float[] lastH = first ? firstH : hs;
                    float[] lastC = first ? firstC : cs;
                    int hAt = first ? h0.offset() + j * n : h.offset() + before * n;
                    int cAt = first ? c0.offset() + j * n : c.offset() + before * n;
                    int zAt = gates.offset() + row * 4 * n;
                    w.times(count, lastH, hAt, n, z, zAt, 4 * n, true);
                    Lines i = new Lines(z, zAt, 4 * n);
                    Lines f = new Lines(z, zAt + n, 4 * n);
                    Lines g = new Lines(z, zAt + 2 * n, 4 * n);
                    Lines o = new Lines(z, zAt + 3 * n, 4 * n);
                    Lines cell = new Lines(cs, c.offset() + row * n, n);
                    Lines state = new Lines(hs, h.offset() + row * n, n);
                    Lines last = new Lines(lastC, cAt, n);
                    Lines.apply(Activations::sigmoid, count, n, 1, i);
                    Lines.apply(Activations::sigmoid, count, n, 1, f);
                    Lines.apply(Activations::tanh, count, n, 1, g);
                    Lines.apply(Activations::sigmoid, count, n, 1, o);
                    Lines.apply(LstmGates::forward, count, n, 2, cell, state, i, f, g, o, last);
                });
        w.release();
    }

    @Override
    public void lstmBackward(
            Steps steps,
            View gates,
            View wh,
            View c0,
            View c,
            View dh,
            View dc,
            View dh0,
            View dc0) {
        int n = wh.dim(0);
        float[] z = floats(gates.buffer());
        float[] cs = floats(c.buffer());
        float[] firstC = floats(c0.buffer());
        float[] upH = floats(dh.buffer());
        float[] upC = dc.dim(0) > 0 ? floats(dc.buffer()) : null;
        float[] nextH = zeros(dh0);
        float[] nextC = zeros(dc0);
        Weights w = Weights.of(workers, Matrix.of(wh, 0).transposed());
        Sequencing.backward(
                workers,
                steps,
                (row, j, count, before) -> {
                    float[] lastC = before < 0 ? firstC : cs;
                    int cAt = before < 0 ? c0.offset() + j * n : c.offset() + before * n;
                    int zAt = gates.offset() + row * 4 * n;
                    int hAt = dh0.offset() + j * n;
                    int nextAt = dc0.offset() + j * n;
                    if (upC != null) {
                        add(upC, dc.offset() + row * n, nextC, nextAt, count * n);
                    }
                    Lines i = new Lines(z, zAt, 4 * n);
                    Lines f = new Lines(z, zAt + n, 4 * n);
                    Lines g = new Lines(z, zAt + 2 * n, 4 * n);
                    Lines o = new Lines(z, zAt + 3 * n, 4 * n);
                    Lines gradient = new Lines(nextC, nextAt, n);
                    Lines cell = new Lines(cs, c.offset() + row * n, n);
                    Lines last = new Lines(lastC, cAt, n);
                    Lines outside = new Lines(upH, dh.offset() + row * n, n);
                    Lines next = new Lines(nextH, hAt, n);
                    Lines.apply(
                            LstmGates::backwardState,
                            count,
                            n,
                            2,
                            o,
                            gradient,
                            cell,
                            outside,
                            next);
                    Lines.apply(LstmGates::backwardCell, count, n, 4, i, f, g, gradient, last);
                    w.times(count, z, zAt, 4 * n, nextH, hAt, n, false);
                });
        w.release();
    }

    @Override
    public void gru(
            boolean resetAfter,
            Steps steps,
            View gates,
            View wh,
            View bn,
            View h0,
            View h,
            View inner) {
        int n = wh.dim(0);
        float[] x = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] kept = floats(inner.buffer());
        float[] first = floats(h0.buffer());
        float[] bias = floats(bn.buffer());
        Weights rz = Weights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0));
        Weights own = Weights.of(workers, Matrix.of(wh.columns(2 * n, n), 0));
        Sequencing.forward(
                workers,
                steps,
                (row, j, count, before) -> {
                    float[] last = before < 0 ? first : hs;
                    int from = before < 0 ? h0.offset() + j * n : h.offset() + before * n;
                    int at = gates.offset() + row * 3 * n;
                    int in = inner.offset() + row * n;
                    Lines r = new Lines(x, at, 3 * n);
                    Lines z = new Lines(x, at + n, 3 * n);
                    Lines g = new Lines(x, at + 2 * n, 3 * n);
                    Lines y = new Lines(kept, in, n);
                    Lines state = new Lines(last, from, n);
                    rz.times(count, last, from, n, x, at, 3 * n, true);
                    Lines.apply(Activations::sigmoid, count, n, 1, r);
                    Lines.apply(Activations::sigmoid, count, n, 1, z);
                    if (resetAfter) {
                        for (int i = 0; i < count; i++) {
                            System.arraycopy(bias, bn.offset(), kept, in + i * n, n);
                        }
                        own.times(count, last, from, n, kept, in, n, true);
                        Lines.apply(GruGates::addReset, count, n, 1, g, r, y);
                    } else {
                        Lines.apply(GruGates::reset, count, n, 1, y, r, state);
                        own.times(count, kept, in, n, x, at + 2 * n, 3 * n, true);
                    }
                    Lines after = new Lines(hs, h.offset() + row * n, n);
                    Lines.apply(GruGates::forward, count, n, 2, g, after, z, state);
                });
        own.release();
        rz.release();
    }

    @Override
    public void gruBackward(
            boolean resetAfter,
            Steps steps,
            View gates,
            View wh,
            View h0,
            View h,
            View inner,
            View dh,
            View dh0) {
        int n = wh.dim(0);
        float[] x = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] kept = floats(inner.buffer());
        float[] up = floats(dh.buffer());
        float[] first = floats(h0.buffer());
        float[] next = zeros(dh0);
        Weights rz = Weights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0).transposed());
        Weights own = Weights.of(workers, Matrix.of(wh.columns(2 * n, n), 0).transposed());
        ArrayBuffer room = Workspace.allocate(resetAfter ? 0 : steps.batch() * n);
        float[] dinner = floats(room);
        Sequencing.backward(
                workers,
                steps,
                (row, j, count, before) -> {
                    float[] last = before < 0 ? first : hs;
                    int from = before < 0 ? h0.offset() + j * n : h.offset() + before * n;
                    int at = gates.offset() + row * 3 * n;
                    int in = inner.offset() + row * n;
                    int to = dh0.offset() + j * n;
                    Lines r = new Lines(x, at, 3 * n);
                    Lines z = new Lines(x, at + n, 3 * n);
                    Lines g = new Lines(x, at + 2 * n, 3 * n);
                    Lines y = new Lines(kept, in, n);
                    Lines state = new Lines(last, from, n);
                    Lines carried = new Lines(next, to, n);
                    Lines outside = new Lines(up, dh.offset() + row * n, n);
                    Lines.apply(GruGates::backward, count, n, 3, z, g, carried, state, outside);
                    if (resetAfter) {
                        Lines.apply(GruGates::backwardAddReset, count, n, 2, r, y, g);
                        own.times(count, kept, in, n, next, to, n, true);
                    } else {
                        Lines dy = new Lines(dinner, j * n, n);
                        own.times(count, x, at + 2 * n, 3 * n, dinner, j * n, n, false);
                        Lines.apply(GruGates::backwardReset, count, n, 2, r, carried, state, dy);
                    }
                    rz.times(count, x, at, 3 * n, next, to, n, true);
                });
        Workspace.release(room);
        own.release();
        rz.release();
    }

    private static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] += x[xAt + k];
        }
    }

    /** The gradient of the first states carries the gradient of every state on its way there. */
    private static float[] zeros(View gradient) {
        float[] array = floats(gradient.buffer());
        Arrays.fill(array, gradient.offset(), gradient.offset() + gradient.size(), 0);
        return array;
    }
}
