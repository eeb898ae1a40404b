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
    private final boolean plain;
    private final Gates gates;

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param plain without vectors, to the same bits; derivatives have no such loops
     */
    public VectorRecurrence(Workers workers, boolean plain) {
        this.workers = workers;
        this.plain = plain;
        this.gates = plain ? Gates.PLAIN : Gates.VECTORS;
    }

    /** The gates on the way forward. */
    private record Gates(
            Spans.Function sigmoid,
            Spans.Function tanh,
            Spans.Function lstm,
            Spans.Function gruReset,
            Spans.Function gruAddReset,
            Spans.Function gru) {
        static final Gates VECTORS =
                new Gates(
                        GateLoops::sigmoid,
                        GateLoops::tanh,
                        GateLoops::lstm,
                        GateLoops::gruReset,
                        GateLoops::gruAddReset,
                        GateLoops::gru);
        static final Gates PLAIN =
                new Gates(
                        PlainGates::sigmoid,
                        PlainGates::tanh,
                        PlainGates::lstm,
                        PlainGates::gruReset,
                        PlainGates::gruAddReset,
                        PlainGates::gru);
    }

    @Override
    public void elman(Unary f, TimeMajorSteps steps, View x, View wh, View h0, View h) {
        int n = wh.dim(0);
        Spans.Function gate = plain ? ElmanGates.plain(f) : ElmanGates.forward(f);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0), plain);
        SequenceParallel.run(
                workers,
                steps,
                false,
                (row, j, count, before) -> {
                    Spans share = Spans.of(x, row);
                    Spans state = Spans.of(h, row);
                    System.arraycopy(share.data(), share.at(), state.data(), state.at(), count * n);
                    w.times(count, last(h, h0, before, j), state, true);
                    Spans.apply(gate, count, n, 1, state);
                });
        w.release();
    }

    @Override
    public void elmanBackward(
            Unary f, TimeMajorSteps steps, View wh, View h, View dh, View dx, View dh0) {
        int n = wh.dim(0);
        clear(dh0);
        Spans.Function gate = ElmanGates.backward(f);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(wh, 0).transposed());
        SequenceParallel.run(
                workers,
                steps,
                true,
                (row, j, count, before) -> {
                    Spans gradient = Spans.of(dx, row);
                    Spans next = Spans.of(dh0, j);
                    Spans outside = Spans.of(dh, row);
                    Spans.apply(gate, count, n, 1, gradient, Spans.of(h, row), outside, next);
                    w.times(count, gradient, next, false);
                });
        w.release();
    }

    @Override
    public void lstm(Lstm x) {
        int n = x.wh().dim(0);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(x.wh(), 0), plain);
        SequenceParallel.run(
                workers,
                x.steps(),
                false,
                (row, j, count, before) -> {
                    Spans i = Spans.of(x.gates(), row);
                    Spans f = i.from(n);
                    Spans g = i.from(2 * n);
                    Spans o = i.from(3 * n);
                    Spans cell = Spans.of(x.c(), row);
                    Spans state = Spans.of(x.h(), row);
                    Spans last = last(x.c(), x.c0(), before, j);
                    w.times(count, last(x.h(), x.h0(), before, j), i, true);
                    Spans.apply(gates.sigmoid(), count, n, 1, i);
                    Spans.apply(gates.sigmoid(), count, n, 1, f);
                    Spans.apply(gates.tanh(), count, n, 1, g);
                    Spans.apply(gates.sigmoid(), count, n, 1, o);
                    Spans.apply(gates.lstm(), count, n, 2, cell, state, i, f, g, o, last);
                });
        w.release();
    }

    @Override
    public void lstmBackward(Lstm x, View dh, View dc, View dh0, View dc0) {
        int n = x.wh().dim(0);
        clear(dh0);
        clear(dc0);
        RecurrentWeights w = RecurrentWeights.of(workers, Matrix.of(x.wh(), 0).transposed());
        SequenceParallel.run(
                workers,
                x.steps(),
                true,
                (row, j, count, before) -> {
                    Spans i = Spans.of(x.gates(), row);
                    Spans f = i.from(n);
                    Spans g = i.from(2 * n);
                    Spans o = i.from(3 * n);
                    Spans dcell = Spans.of(dc0, j);
                    Spans cell = Spans.of(x.c(), row);
                    Spans last = last(x.c(), x.c0(), before, j);
                    Spans outside = Spans.of(dh, row);
                    Spans next = Spans.of(dh0, j);
                    if (dc.dim(0) > 0) {
                        add(Spans.of(dc, row), dcell, count * n);
                    }
                    Spans.apply(
                            GateLoops::lstmStateBackward,
                            count,
                            n,
                            2,
                            o,
                            dcell,
                            cell,
                            outside,
                            next);
                    Spans.apply(GateLoops::lstmCellBackward, count, n, 4, i, f, g, dcell, last);
                    w.times(count, i, next, false);
                });
        w.release();
    }

    @Override
    public void gru(Gru x) {
        View wh = x.wh();
        View bn = x.bn();
        int n = wh.dim(0);
        float[] bias = floats(bn.buffer());
        RecurrentWeights rz =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0), plain);
        RecurrentWeights own =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(2 * n, n), 0), plain);
        SequenceParallel.run(
                workers,
                x.steps(),
                false,
                (row, j, count, before) -> {
                    Spans r = Spans.of(x.gates(), row);
                    Spans z = r.from(n);
                    Spans g = r.from(2 * n);
                    Spans y = Spans.of(x.inner(), row);
                    Spans last = last(x.h(), x.h0(), before, j);
                    rz.times(count, last, r, true);
                    Spans.apply(gates.sigmoid(), count, n, 1, r);
                    Spans.apply(gates.sigmoid(), count, n, 1, z);
                    if (x.resetAfter()) {
                        for (int i = 0; i < count; i++) {
                            System.arraycopy(bias, bn.offset(), y.data(), y.at() + i * n, n);
                        }
                        own.times(count, last, y, true);
                        Spans.apply(gates.gruAddReset(), count, n, 1, g, r, y);
                    } else {
                        Spans.apply(gates.gruReset(), count, n, 1, y, r, last);
                        own.times(count, y, g, true);
                    }
                    Spans.apply(gates.gru(), count, n, 2, g, Spans.of(x.h(), row), z, last);
                });
        own.release();
        rz.release();
    }

    @Override
    public void gruBackward(Gru x, View dh, View dh0) {
        View wh = x.wh();
        int n = wh.dim(0);
        clear(dh0);
        RecurrentWeights rz =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(0, 2 * n), 0).transposed());
        RecurrentWeights own =
                RecurrentWeights.of(workers, Matrix.of(wh.columns(2 * n, n), 0).transposed());
        ArrayBuffer room = Workspace.allocate(x.resetAfter() ? 0 : x.steps().batch() * n);
        SequenceParallel.run(
                workers,
                x.steps(),
                true,
                (row, j, count, before) -> {
                    Spans r = Spans.of(x.gates(), row);
                    Spans z = r.from(n);
                    Spans g = r.from(2 * n);
                    Spans y = Spans.of(x.inner(), row);
                    Spans last = last(x.h(), x.h0(), before, j);
                    Spans next = Spans.of(dh0, j);
                    Spans outside = Spans.of(dh, row);
                    Spans.apply(GateLoops::gruBackward, count, n, 3, z, g, next, last, outside);
                    if (x.resetAfter()) {
                        Spans.apply(GateLoops::gruAddResetBackward, count, n, 2, r, y, g);
                        own.times(count, y, next, true);
                    } else {
                        Spans dy = new Spans(floats(room), j * n, n);
                        own.times(count, g, dy, false);
                        Spans.apply(GateLoops::gruResetBackward, count, n, 2, r, next, last, dy);
                    }
                    rz.times(count, r, next, true);
                });
        Workspace.release(room);
        own.release();
        rz.release();
    }

    /** The states that a step continues. */
    private static Spans last(View all, View first, int before, int j) {
        return before < 0 ? Spans.of(first, j) : Spans.of(all, before);
    }

    private static void add(Spans x, Spans y, int n) {
        for (int k = 0; k < n; k++) {
            y.data()[y.at() + k] += x.data()[x.at() + k];
        }
    }

    /** The gradient of the first states carries the gradient of every state on its way there. */
    private static void clear(View gradient) {
        int at = gradient.offset();
        Arrays.fill(floats(gradient.buffer()), at, at + gradient.size(), 0);
    }
}
