package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import java.util.Arrays;

/**
 * The reference: the recurrent form, token by token with the state in double precision. Values have
 * one more number, 1, so that the state's last column is z and the last number of a result the sum
 * of its weights.
 */
final class ScalarLinearAttention implements LinearAttentionOperations {

    @Override
    public void attend(LinearAttentionShape shape, Operands x, View y, View sums) {
        LinearAttentionHeads heads = shape.heads();
        int vw = heads.valueWidth();
        for (int s = 0; s < shape.batch(); s++) {
            for (int head = 0; head < heads.heads(); head++) {
                State state = new State(heads);
                if (!shape.causal()) {
                    addAll(shape, x, s, head, state);
                }
                for (int t = shape.offsets()[s]; t < shape.offsets()[s + 1]; t++) {
                    if (shape.causal()) {
                        state.add(
                                decay(x, t, head),
                                key(heads, x, t, head),
                                value(heads, x, t, head));
                    }
                    double[] sum = state.read(query(heads, x, t, head));
                    double divisor = heads.normalised() ? sum[vw] + EPSILON : 1;
                    for (int d = 0; d < vw; d++) {
                        put(y, t, head * vw + d, sum[d] / divisor);
                    }
                    put(sums, t, head, divisor);
                }
            }
        }
    }

    @Override
    public void attendBackward(
            LinearAttentionShape shape, Operands x, View y, View sums, View dy, Operands dx) {
        ScalarElementwise elementwise = new ScalarElementwise();
        elementwise.fill(dx.k(), 0);
        elementwise.fill(dx.v(), 0);
        for (int s = 0; s < shape.batch(); s++) {
            for (int head = 0; head < shape.heads().heads(); head++) {
                backward(shape, x, y, sums, dy, dx, s, head);
            }
        }
    }

    private static void backward(
            LinearAttentionShape shape,
            Operands x,
            View y,
            View sums,
            View dy,
            Operands dx,
            int s,
            int head) {
        LinearAttentionHeads heads = shape.heads();
        int first = shape.offsets()[s];
        int end = shape.offsets()[s + 1];
        int keyHead = head / heads.group();
        double[][] up = new double[end - first][]; // of sums and of their divisor
        double[] slopes = new double[end - first]; // of Σ ln g up to each token
        State before = new State(heads); // S(t), for the gradients of queries
        if (!shape.causal()) {
            addAll(shape, x, s, head, before);
        }
        for (int t = first; t < end; t++) {
            if (shape.causal()) {
                before.add(decay(x, t, head), key(heads, x, t, head), value(heads, x, t, head));
            }
            up[t - first] = upstream(heads, y, sums, dy, t, head);
            double[] dq = before.readTransposed(up[t - first]);
            double[] q = query(heads, x, t, head);
            for (int d = 0; d < heads.width(); d++) {
                put(dx.q(), t, head * heads.width() + d, dq[d]);
                slopes[t - first] += q[d] * dq[d];
            }
        }
        State after = new State(heads); // Σ q·dyᵀ of what comes later, for keys and values
        if (!shape.causal()) {
            for (int t = first; t < end; t++) {
                after.add(1, query(heads, x, t, head), up[t - first]);
            }
        }
        double total = 0;
        for (int t = end - 1; t >= first; t--) {
            if (shape.causal()) {
                double decay = t + 1 < end ? decay(x, t + 1, head) : 1;
                after.add(decay, query(heads, x, t, head), up[t - first]);
            }
            double[] k = key(heads, x, t, head);
            double[] dk = after.readTransposed(value(heads, x, t, head));
            double[] dv = after.read(k);
            for (int d = 0; d < heads.width(); d++) {
                add(dx.k(), t, keyHead * heads.width() + d, dk[d]);
                slopes[t - first] -= k[d] * dk[d];
            }
            for (int d = 0; d < heads.valueWidth(); d++) {
                add(dx.v(), t, keyHead * heads.valueWidth() + d, dv[d]);
            }
            total += slopes[t - first]; // ln g(t) is part of all later sums
            if (dx.logDecays() != null) {
                put(dx.logDecays(), t, head, t == first ? 0 : total);
            }
        }
    }

    @Override
    public void states(LinearAttentionShape shape, Operands x, View states) {
        LinearAttentionHeads heads = shape.heads();
        for (int s = 0; s < shape.batch(); s++) {
            for (int head = 0; head < heads.heads(); head++) {
                State state = new State(heads);
                addAll(shape, x, s, head, state);
                state.write(states, s, head);
            }
        }
    }

    @Override
    public void step(
            LinearAttentionHeads heads,
            int[] parents,
            Operands x,
            View before,
            View after,
            View y) {
        int vw = heads.valueWidth();
        for (int r = 0; r < parents.length; r++) {
            for (int head = 0; head < heads.heads(); head++) {
                State state = State.of(heads, before, parents[r], head);
                state.add(decay(x, r, head), key(heads, x, r, head), value(heads, x, r, head));
                state.write(after, r, head);
                double[] sum = state.read(query(heads, x, r, head));
                double divisor = heads.normalised() ? sum[vw] + EPSILON : 1;
                for (int d = 0; d < vw; d++) {
                    put(y, r, head * vw + d, sum[d] / divisor);
                }
            }
        }
    }

    private static void addAll(
            LinearAttentionShape shape, Operands x, int s, int head, State state) {
        LinearAttentionHeads heads = shape.heads();
        for (int t = shape.offsets()[s]; t < shape.offsets()[s + 1]; t++) {
            state.add(decay(x, t, head), key(heads, x, t, head), value(heads, x, t, head));
        }
    }

    /** The gradients of a result's sums: dy/n, and of their divisor n, −(y·dy)/n. */
    private static double[] upstream(
            LinearAttentionHeads heads, View y, View sums, View dy, int t, int head) {
        int vw = heads.valueWidth();
        double divisor = get(sums, t, head);
        double[] up = new double[vw + 1];
        for (int d = 0; d < vw; d++) {
            up[d] = get(dy, t, head * vw + d) / divisor;
            up[vw] -= heads.normalised() ? get(y, t, head * vw + d) * up[d] : 0;
        }
        return up;
    }

    private static double decay(Operands x, int t, int head) {
        return x.logDecays() == null ? 1 : Math.exp(get(x.logDecays(), t, head));
    }

    private static double[] query(LinearAttentionHeads heads, Operands x, int t, int head) {
        return row(x.q(), t, head * heads.width(), heads.width());
    }

    private static double[] key(LinearAttentionHeads heads, Operands x, int t, int head) {
        return row(x.k(), t, head / heads.group() * heads.width(), heads.width());
    }

    /** A value, and 1 behind it. */
    private static double[] value(LinearAttentionHeads heads, Operands x, int t, int head) {
        int vw = heads.valueWidth();
        double[] value = Arrays.copyOf(row(x.v(), t, head / heads.group() * vw, vw), vw + 1);
        value[vw] = 1;
        return value;
    }

    private static double[] row(View x, int row, int column, int count) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, d -> get(x, row, column + d));
        return numbers;
    }

    private static double get(View x, int row, int column) {
        return floats(x.buffer())[at(x, row, column)];
    }

    private static void put(View x, int row, int column, double value) {
        floats(x.buffer())[at(x, row, column)] = (float) value;
    }

    private static void add(View x, int row, int column, double value) {
        floats(x.buffer())[at(x, row, column)] += (float) value;
    }

    private static int at(View x, int row, int column) {
        return x.offset() + row * x.strides()[0] + column * x.strides()[1];
    }

    /** Σ k·vᵀ with its decays: [width, valueWidth + 1]. */
    private record State(double[][] rows) {

        State(LinearAttentionHeads heads) {
            this(new double[heads.width()][heads.valueWidth() + 1]);
        }

        /** S = decay·S + k·vᵀ. */
        void add(double decay, double[] k, double[] v) {
            for (int i = 0; i < k.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    rows[i][j] = decay * rows[i][j] + k[i] * v[j];
                }
            }
        }

        /** Sᵀ·q. */
        double[] read(double[] q) {
            double[] y = new double[rows[0].length];
            for (int i = 0; i < q.length; i++) {
                for (int j = 0; j < y.length; j++) {
                    y[j] += rows[i][j] * q[i];
                }
            }
            return y;
        }

        /** S·v. */
        double[] readTransposed(double[] v) {
            double[] y = new double[rows.length];
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    y[i] += rows[i][j] * v[j];
                }
            }
            return y;
        }

        static State of(LinearAttentionHeads heads, View states, int row, int head) {
            State state = new State(heads);
            int vw = heads.valueWidth();
            int at = head * heads.state();
            for (int i = 0; i < heads.width(); i++) {
                for (int j = 0; j < vw; j++) {
                    state.rows[i][j] = get(states, row, at + i * vw + j);
                }
                state.rows[i][vw] = get(states, row, at + heads.width() * vw + i);
            }
            return state;
        }

        void write(View states, int row, int head) {
            int width = rows.length;
            int vw = rows[0].length - 1;
            int at = head * width * (vw + 1);
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < vw; j++) {
                    put(states, row, at + i * vw + j, rows[i][j]);
                }
                put(states, row, at + width * vw + i, rows[i][vw]);
            }
        }
    }
}
