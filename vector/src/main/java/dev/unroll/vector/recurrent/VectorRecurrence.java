package dev.unroll.vector.recurrent;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Recurrence;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Matrix;
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
    public void elman(Unary f, TimeMajorSteps steps, View x, View wh, View h0, View h) {
        int n = wh.dim(0);
        float[] in = floats(x.buffer());
        float[] out = floats(h.buffer());
        float[] first = floats(h0.buffer());
        Spans.Function gate = ElmanGates.forward(f);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0));
        SequenceParallel.forward(
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
                    Spans.apply(gate, count, n, 1, new Spans(out, at, n));
                });
        w.release();
    }

    @Override
    public void elmanBackward(
            Unary f, TimeMajorSteps steps, View wh, View h, View dh, View dx, View dh0) {
        int n = wh.dim(0);
        float[] states = floats(h.buffer());
        float[] up = floats(dh.buffer());
        float[] out = floats(dx.buffer());
        float[] next = zeros(dh0);
        Spans.Function gate = ElmanGates.backward(f);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0).transposed());
        SequenceParallel.backward(
                workers,
                steps,
                (row, j, count, before) -> {
                    int at = dx.offset() + row * n;
                    int to = dh0.offset() + j * n;
                    Spans.apply(
                            gate,
                            count,
                            n,
                            1,
                            new Spans(out, at, n),
                            new Spans(states, h.offset() + row * n, n),
                            new Spans(up, dh.offset() + row * n, n),
                            new Spans(next, to, n));
                    w.times(count, out, at, n, next, to, n, false);
                });
        w.release();
    }

    @Override
    public void lstm(TimeMajorSteps steps, View gates, View wh, View h0, View c0, View h, View c) {
        int n = wh.dim(0);
        float[] z = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] cs = floats(c.buffer());
        float[] firstH = floats(h0.buffer());
        float[] firstC = floats(c0.buffer());
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0));
        SequenceParallel.forward(
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
                    Spans i = new Spans(z, zAt, 4 * n);
                    Spans f = new Spans(z, zAt + n, 4 * n);
                    Spans g = new Spans(z, zAt + 2 * n, 4 * n);
                    Spans o = new Spans(z, zAt + 3 * n, 4 * n);
                    Spans cell = new Spans(cs, c.offset() + row * n, n);
                    Spans state = new Spans(hs, h.offset() + row * n, n);
                    Spans last = new Spans(lastC, cAt, n);
                    Spans.apply(Gates::sigmoid, count, n, 1, i);
                    Spans.apply(Gates::sigmoid, count, n, 1, f);
                    Spans.apply(Gates::tanh, count, n, 1, g);
                    Spans.apply(Gates::sigmoid, count, n, 1, o);
                    Spans.apply(LstmGates::forward, count, n, 2, cell, state, i, f, g, o, last);
                });
        w.release();
    }

    @Override
    public void lstmBackward(
            TimeMajorSteps steps,
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
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0).transposed());
        SequenceParallel.backward(
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
                    Spans i = new Spans(z, zAt, 4 * n);
                    Spans f = new Spans(z, zAt + n, 4 * n);
                    Spans g = new Spans(z, zAt + 2 * n, 4 * n);
                    Spans o = new Spans(z, zAt + 3 * n, 4 * n);
                    Spans gradient = new Spans(nextC, nextAt, n);
                    Spans cell = new Spans(cs, c.offset() + row * n, n);
                    Spans last = new Spans(lastC, cAt, n);
                    Spans outside = new Spans(upH, dh.offset() + row * n, n);
                    Spans next = new Spans(nextH, hAt, n);
                    Spans.apply(
                            LstmGates::backwardState,
                            count,
                            n,
                            2,
                            o,
                            gradient,
                            cell,
                            outside,
                            next);
                    Spans.apply(LstmGates::backwardCell, count, n, 4, i, f, g, gradient, last);
                    w.times(count, z, zAt, 4 * n, nextH, hAt, n, false);
                });
        w.release();
    }

    @Override
    public void gru(
            boolean resetAfter,
            TimeMajorSteps steps,
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
        RecurrentWeights rz = RecurrentWeights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0));
        RecurrentWeights own = RecurrentWeights.of(workers, Matrix.of(wh.columns(2 * n, n), 0));
        SequenceParallel.forward(
                workers,
                steps,
                (row, j, count, before) -> {
                    float[] last = before < 0 ? first : hs;
                    int from = before < 0 ? h0.offset() + j * n : h.offset() + before * n;
                    int at = gates.offset() + row * 3 * n;
                    int in = inner.offset() + row * n;
                    Spans r = new Spans(x, at, 3 * n);
                    Spans z = new Spans(x, at + n, 3 * n);
                    Spans g = new Spans(x, at + 2 * n, 3 * n);
                    Spans y = new Spans(kept, in, n);
                    Spans state = new Spans(last, from, n);
                    rz.times(count, last, from, n, x, at, 3 * n, true);
                    Spans.apply(Gates::sigmoid, count, n, 1, r);
                    Spans.apply(Gates::sigmoid, count, n, 1, z);
                    if (resetAfter) {
                        for (int i = 0; i < count; i++) {
                            System.arraycopy(bias, bn.offset(), kept, in + i * n, n);
                        }
                        own.times(count, last, from, n, kept, in, n, true);
                        Spans.apply(GruGates::addReset, count, n, 1, g, r, y);
                    } else {
                        Spans.apply(GruGates::reset, count, n, 1, y, r, state);
                        own.times(count, kept, in, n, x, at + 2 * n, 3 * n, true);
                    }
                    Spans after = new Spans(hs, h.offset() + row * n, n);
                    Spans.apply(GruGates::forward, count, n, 2, g, after, z, state);
                });
        own.release();
        rz.release();
    }

    @Override
    public void gruBackward(
            boolean resetAfter,
            TimeMajorSteps steps,
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
        RecurrentWeights rz =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0).transposed());
        RecurrentWeights own =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(2 * n, n), 0).transposed());
        ArrayBuffer room = Workspace.allocate(resetAfter ? 0 : steps.batch() * n);
        float[] dinner = floats(room);
        SequenceParallel.backward(
                workers,
                steps,
                (row, j, count, before) -> {
                    float[] last = before < 0 ? first : hs;
                    int from = before < 0 ? h0.offset() + j * n : h.offset() + before * n;
                    int at = gates.offset() + row * 3 * n;
                    int in = inner.offset() + row * n;
                    int to = dh0.offset() + j * n;
                    Spans r = new Spans(x, at, 3 * n);
                    Spans z = new Spans(x, at + n, 3 * n);
                    Spans g = new Spans(x, at + 2 * n, 3 * n);
                    Spans y = new Spans(kept, in, n);
                    Spans state = new Spans(last, from, n);
                    Spans carried = new Spans(next, to, n);
                    Spans outside = new Spans(up, dh.offset() + row * n, n);
                    Spans.apply(GruGates::backward, count, n, 3, z, g, carried, state, outside);
                    if (resetAfter) {
                        Spans.apply(GruGates::backwardAddReset, count, n, 2, r, y, g);
                        own.times(count, kept, in, n, next, to, n, true);
                    } else {
                        Spans dy = new Spans(dinner, j * n, n);
                        own.times(count, x, at + 2 * n, 3 * n, dinner, j * n, n, false);
                        Spans.apply(GruGates::backwardReset, count, n, 2, r, carried, state, dy);
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
