package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Scalars;
import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import dev.unroll.backend.View;
import java.util.Arrays;

/** The reference: each row by itself, as the formulas have it. */
final class ScalarRecurrence implements Recurrence {

    /** An action for each row of a step. */
    @FunctionalInterface
    private interface Visit {
        /**
         * @param row this row
         * @param j the sequence
         * @param before the row of the step before, or −1 in the first step
         */
        void row(int row, int j, int before);
    }

    private static void rows(TimeMajorSteps steps, boolean backwards, Visit visit) {
        steps.visit(
                backwards,
                (start, size, before) -> {
                    for (int j = 0; j < size; j++) {
                        visit.row(start + j, j, before < 0 ? -1 : before + j);
                    }
                });
    }

    /** A row of a state: of the step before, or the first state. */
    private static float[] state(View all, View first, int j, int before, int width) {
        View view = before < 0 ? first : all;
        int row = before < 0 ? j : before;
        int at = view.offset() + row * width;
        return Arrays.copyOfRange(floats(view.buffer()), at, at + width);
    }

    /** x·w for one row, from a column of w on: n numbers. */
    private static float[] times(float[] x, View w, int column, int n) {
        float[] weights = floats(w.buffer());
        int width = w.dim(1);
        float[] y = new float[n];
        for (int k = 0; k < x.length; k++) {
            for (int j = 0; j < n; j++) {
                y[j] += x[k] * weights[w.offset() + k * width + column + j];
            }
        }
        return y;
    }

    /** y += x·wᵀ for one row, with columns of w from one on. */
    private static void addTimesTransposed(
            float[] x, int from, int n, View w, int column, float[] y, int to) {
        float[] weights = floats(w.buffer());
        int width = w.dim(1);
        for (int k = 0; k < w.dim(0); k++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += x[from + j] * weights[w.offset() + k * width + column + j];
            }
            y[to + k] += sum;
        }
    }

    @Override
    public void elman(Unary f, TimeMajorSteps steps, View x, View wh, View h0, View h) {
        int n = wh.dim(0);
        float[] in = floats(x.buffer());
        float[] out = floats(h.buffer());
        rows(
                steps,
                false,
                (row, j, before) -> {
                    float[] own = times(state(h, h0, j, before, n), wh, 0, n);
                    for (int i = 0; i < n; i++) {
                        float z = in[x.offset() + row * n + i] + own[i];
                        out[h.offset() + row * n + i] = f.apply(z);
                    }
                });
    }

    @Override
    public void elmanBackward(
            Unary f, TimeMajorSteps steps, View wh, View h, View dh, View dx, View dh0) {
        int n = wh.dim(0);
        float[] states = floats(h.buffer());
        float[] up = floats(dh.buffer());
        float[] out = floats(dx.buffer());
        float[] carried = new float[steps.batch() * n];
        rows(
                steps,
                true,
                (row, j, before) -> {
                    for (int i = 0; i < n; i++) {
                        float d = up[dh.offset() + row * n + i] + carried[j * n + i];
                        float y = states[h.offset() + row * n + i];
                        // the slopes of tanh, relu and sigmoid depend on the result alone
                        out[dx.offset() + row * n + i] = f.backward(Float.NaN, y, d);
                    }
                    Arrays.fill(carried, j * n, (j + 1) * n, 0);
                    addTimesTransposed(out, dx.offset() + row * n, n, wh, 0, carried, j * n);
                });
        System.arraycopy(carried, 0, floats(dh0.buffer()), dh0.offset(), carried.length);
    }

    @Override
    public void lstm(Lstm x) {
        View gates = x.gates();
        View h = x.h();
        View c = x.c();
        View wh = x.wh();
        int n = wh.dim(0);
        float[] z = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] cs = floats(c.buffer());
        rows(
                x.steps(),
                false,
                (row, j, before) -> {
                    float[] own = times(state(h, x.h0(), j, before, n), wh, 0, 4 * n);
                    float[] cell = state(c, x.c0(), j, before, n);
                    int at = gates.offset() + row * 4 * n;
                    for (int k = 0; k < n; k++) {
                        float i = (float) Scalars.sigmoid(z[at + k] + own[k]);
                        float f = (float) Scalars.sigmoid(z[at + n + k] + own[n + k]);
                        float g = (float) Math.tanh(z[at + 2 * n + k] + own[2 * n + k]);
                        float o = (float) Scalars.sigmoid(z[at + 3 * n + k] + own[3 * n + k]);
                        float next = f * cell[k] + i * g;
                        cs[c.offset() + row * n + k] = next;
                        hs[h.offset() + row * n + k] = o * (float) Math.tanh(next);
                        z[at + k] = i;
                        z[at + n + k] = f;
                        z[at + 2 * n + k] = g;
                        z[at + 3 * n + k] = o;
                    }
                });
    }

    @Override
    public void lstmBackward(Lstm x, View dh, View dc, View dh0, View dc0) {
        View gates = x.gates();
        View c = x.c();
        View wh = x.wh();
        int n = wh.dim(0);
        boolean outside = dc.dim(0) > 0;
        float[] z = floats(gates.buffer());
        float[] cs = floats(c.buffer());
        float[] uph = floats(dh.buffer());
        float[] upc = floats(dc.buffer());
        float[] ch = new float[x.steps().batch() * n];
        float[] cc = new float[x.steps().batch() * n];
        rows(
                x.steps(),
                true,
                (row, j, before) -> {
                    float[] cell = state(c, x.c0(), j, before, n);
                    int at = gates.offset() + row * 4 * n;
                    for (int k = 0; k < n; k++) {
                        float i = z[at + k];
                        float f = z[at + n + k];
                        float g = z[at + 2 * n + k];
                        float o = z[at + 3 * n + k];
                        float t = (float) Math.tanh(cs[c.offset() + row * n + k]);
                        float d = uph[dh.offset() + row * n + k] + ch[j * n + k];
                        float e = cc[j * n + k] + d * o * (1 - t * t);
                        e += outside ? upc[dc.offset() + row * n + k] : 0;
                        z[at + k] = e * g * i * (1 - i);
                        z[at + n + k] = e * cell[k] * f * (1 - f);
                        z[at + 2 * n + k] = e * i * (1 - g * g);
                        z[at + 3 * n + k] = d * t * o * (1 - o);
                        cc[j * n + k] = e * f;
                    }
                    Arrays.fill(ch, j * n, (j + 1) * n, 0);
                    addTimesTransposed(z, at, 4 * n, wh, 0, ch, j * n);
                });
        System.arraycopy(ch, 0, floats(dh0.buffer()), dh0.offset(), ch.length);
        System.arraycopy(cc, 0, floats(dc0.buffer()), dc0.offset(), cc.length);
    }

    @Override
    public void gru(Gru run) {
        View gates = run.gates();
        View h = run.h();
        View inner = run.inner();
        View wh = run.wh();
        View bn = run.bn();
        int n = wh.dim(0);
        float[] x = floats(gates.buffer());
        float[] hs = floats(h.buffer());
        float[] kept = floats(inner.buffer());
        rows(
                run.steps(),
                false,
                (row, j, before) -> {
                    float[] last = state(run.h(), run.h0(), j, before, n);
                    float[] own = times(last, wh, 0, 2 * n);
                    int at = gates.offset() + row * 3 * n;
                    for (int k = 0; k < 2 * n; k++) {
                        x[at + k] = (float) Scalars.sigmoid(x[at + k] + own[k]);
                    }
                    int in = inner.offset() + row * n;
                    float[] candidate;
                    if (run.resetAfter()) {
                        candidate = times(last, wh, 2 * n, n);
                        for (int k = 0; k < n; k++) {
                            kept[in + k] = candidate[k] + floats(bn.buffer())[bn.offset() + k];
                            candidate[k] = x[at + k] * kept[in + k];
                        }
                    } else {
                        float[] reset = new float[n];
                        for (int k = 0; k < n; k++) {
                            reset[k] = x[at + k] * last[k];
                            kept[in + k] = reset[k];
                        }
                        candidate = times(reset, wh, 2 * n, n);
                    }
                    for (int k = 0; k < n; k++) {
                        float z = x[at + n + k];
                        float g = (float) Math.tanh(x[at + 2 * n + k] + candidate[k]);
                        x[at + 2 * n + k] = g;
                        hs[h.offset() + row * n + k] = (1 - z) * g + z * last[k];
                    }
                });
    }

    @Override
    public void gruBackward(Gru run, View dh, View dh0) {
        View gates = run.gates();
        View inner = run.inner();
        View wh = run.wh();
        int n = wh.dim(0);
        float[] x = floats(gates.buffer());
        float[] kept = floats(inner.buffer());
        float[] up = floats(dh.buffer());
        float[] carried = new float[run.steps().batch() * n];
        rows(
                run.steps(),
                true,
                (row, j, before) -> {
                    float[] last = state(run.h(), run.h0(), j, before, n);
                    int at = gates.offset() + row * 3 * n;
                    int in = inner.offset() + row * n;
                    float[] dinner = new float[n];
                    float[] direct = new float[n];
                    for (int k = 0; k < n; k++) {
                        float d = up[dh.offset() + row * n + k] + carried[j * n + k];
                        float z = x[at + n + k];
                        float g = x[at + 2 * n + k];
                        direct[k] = d * z;
                        x[at + n + k] = d * (last[k] - g) * z * (1 - z);
                        x[at + 2 * n + k] = d * (1 - z) * (1 - g * g);
                    }
                    if (run.resetAfter()) {
                        for (int k = 0; k < n; k++) {
                            float r = x[at + k];
                            dinner[k] = x[at + 2 * n + k] * r;
                            x[at + k] = x[at + 2 * n + k] * kept[in + k] * r * (1 - r);
                            kept[in + k] = dinner[k];
                        }
                        addTimesTransposed(dinner, 0, n, wh, 2 * n, direct, 0);
                    } else {
                        addTimesTransposed(x, at + 2 * n, n, wh, 2 * n, dinner, 0);
                        for (int k = 0; k < n; k++) {
                            float r = x[at + k];
                            direct[k] += dinner[k] * r;
                            x[at + k] = dinner[k] * last[k] * r * (1 - r);
                        }
                    }
                    addTimesTransposed(x, at, 2 * n, wh, 0, direct, 0);
                    System.arraycopy(direct, 0, carried, j * n, n);
                });
        System.arraycopy(carried, 0, floats(dh0.buffer()), dh0.offset(), carried.length);
    }
}
