package dev.unroll.vector.attention;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.gemm.Matrix;
import jdk.incubator.vector.FloatVector;

/**
 * Decays, sums and states of linear attention. Queries lie along the vectors and keys below each
 * other, as in {@link AttentionLoops}. The decays between all pairs of tokens of a chunk are made
 * row by row by one multiplication each, without an exponential.
 */
final class LinearLoops {
    /** Rows of the identity: 1 in one lane. */
    private static final float[] UNIT = unit();

    private LinearLoops() {}

    private static float[] unit() {
        float[] unit = new float[L * L];
        for (int i = 0; i < L; i++) {
            unit[i * L + i] = 1;
        }
        return unit;
    }

    /**
     * Weights [tokens, padded], of queries (columns) for keys (rows), times the decays between
     * them: 0 where the key comes later.
     *
     * @param sums of each query's weights, written
     */
    static void decay(float[] weights, float[] decays, int tokens, int padded, float[] sums) {
        for (int c = 0; c < padded; c += L) {
            int diagonal = Math.min(tokens, c + L);
            for (int s = diagonal; s < tokens; s++) {
                FloatVector.zero(S).intoArray(weights, s * padded + c);
            }
            decayColumns(weights, decays, c, diagonal, tokens, padded, sums);
        }
    }

    private static void decayColumns(
            float[] weights,
            float[] decays,
            int c,
            int diagonal,
            int tokens,
            int padded,
            float[] sums) {
        // what receives a call is a vector just made, as in AttentionLoops
        FloatVector decay = FloatVector.broadcast(S, 0);
        FloatVector sum = FloatVector.broadcast(S, 0);
        for (int s = diagonal - 1; s >= c; s--) {
            float next = s + 1 < tokens ? decays[s + 1] : 0;
            FloatVector unit = FloatVector.fromArray(S, UNIT, (s - c) * L);
            decay = FloatVector.broadcast(S, next).mul(decay);
            decay = unit.add(decay);
            FloatVector w = FloatVector.fromArray(S, weights, s * padded + c).mul(decay);
            w.intoArray(weights, s * padded + c);
            sum = w.add(sum);
        }
        for (int s = c - 1; s >= 0; s--) {
            decay = FloatVector.broadcast(S, decays[s + 1]).mul(decay);
            FloatVector w = FloatVector.fromArray(S, weights, s * padded + c).mul(decay);
            w.intoArray(weights, s * padded + c);
            sum = w.add(sum);
        }
        sum.intoArray(sums, c);
    }

    /**
     * The same for weights and for their gradients, to each of which comes first a number of its
     * query.
     *
     * @param more at the place moreAt and after it: a number for each query
     */
    static void decayBoth(
            float[] weights,
            float[] slopes,
            float[] decays,
            int tokens,
            int padded,
            float[] more,
            int moreAt) {
        for (int c = 0; c < padded; c += L) {
            int diagonal = Math.min(tokens, c + L);
            for (int s = diagonal; s < tokens; s++) {
                FloatVector.zero(S).intoArray(weights, s * padded + c);
                FloatVector.zero(S).intoArray(slopes, s * padded + c);
            }
            decayBothColumns(
                    weights, slopes, decays, c, diagonal, tokens, padded, more, moreAt + c);
        }
    }

    private static void decayBothColumns(
            float[] weights,
            float[] slopes,
            float[] decays,
            int c,
            int diagonal,
            int tokens,
            int padded,
            float[] more,
            int moreAt) {
        FloatVector decay = FloatVector.broadcast(S, 0);
        FloatVector own = FloatVector.fromArray(S, more, moreAt);
        for (int s = diagonal - 1; s >= c; s--) {
            float next = s + 1 < tokens ? decays[s + 1] : 0;
            FloatVector unit = FloatVector.fromArray(S, UNIT, (s - c) * L);
            decay = FloatVector.broadcast(S, next).mul(decay);
            decay = unit.add(decay);
            int at = s * padded + c;
            FloatVector.fromArray(S, weights, at).mul(decay).intoArray(weights, at);
            FloatVector.fromArray(S, slopes, at).add(own).mul(decay).intoArray(slopes, at);
        }
        for (int s = c - 1; s >= 0; s--) {
            decay = FloatVector.broadcast(S, decays[s + 1]).mul(decay);
            int at = s * padded + c;
            FloatVector.fromArray(S, weights, at).mul(decay).intoArray(weights, at);
            FloatVector.fromArray(S, slopes, at).add(own).mul(decay).intoArray(slopes, at);
        }
    }

    /** Each of so many rows [rows, padded] times factors [padded]. */
    static void scaleColumns(float[] x, int rows, int padded, float[] factors) {
        for (int c = 0; c < padded; c += L) {
            FloatVector factor = FloatVector.fromArray(S, factors, c);
            for (int r = 0, at = c; r < rows; r++, at += padded) {
                FloatVector.fromArray(S, x, at).mul(factor).intoArray(x, at);
            }
        }
    }

    /** sums[t] += Σ factors[r]·x[r, t], over so many rows [rows, padded]. */
    static void addProducts(float[] x, int rows, int padded, float[] factors, float[] sums) {
        for (int c = 0; c < padded; c += L) {
            FloatVector sum = FloatVector.fromArray(S, sums, c);
            for (int r = 0, at = c; r < rows; r++, at += padded) {
                FloatVector factor = FloatVector.broadcast(S, factors[r]);
                sum = FloatVector.fromArray(S, x, at).fma(factor, sum);
            }
            sum.intoArray(sums, c);
        }
    }

    /** x = factor·x, n numbers. */
    static void scale(float[] x, int n, float factor) {
        int i = 0;
        for (; i < S.loopBound(n); i += L) {
            FloatVector.fromArray(S, x, i).mul(factor).intoArray(x, i);
        }
        for (; i < n; i++) {
            x[i] *= factor;
        }
    }

    /** Rows times a factor each, one after another in y. */
    static void scaleRows(Matrix x, float[] factors, float[] y) {
        int n = x.columns();
        for (int r = 0; r < x.rows(); r++) {
            scaled(x.data(), x.index(r, 0), factors[r], y, r * n, n);
        }
    }

    /** y = factor·x, n numbers. */
    static void scaled(float[] x, int at, float factor, float[] y, int to, int n) {
        int i = 0;
        for (; i < S.loopBound(n); i += L) {
            FloatVector.fromArray(S, x, at + i).mul(factor).intoArray(y, to + i);
        }
        for (; i < n; i++) {
            y[to + i] = x[at + i] * factor;
        }
    }

    /** y += x, n numbers. */
    static void add(float[] x, int at, float[] y, int to, int n) {
        int i = 0;
        for (; i < S.loopBound(n); i += L) {
            FloatVector.fromArray(S, y, to + i)
                    .add(FloatVector.fromArray(S, x, at + i))
                    .intoArray(y, to + i);
        }
        for (; i < n; i++) {
            y[to + i] += x[at + i];
        }
    }

    /**
     * One more token for the state of a head: S = decay·S + k·vᵀ and y = Sᵀ·q.
     *
     * @param before S from the place at on, [width, n]
     * @param after likewise from the place to on, written
     */
    static void step(
            float[] before,
            int at,
            float[] after,
            int to,
            float decay,
            float[] q,
            int qAt,
            float[] k,
            int kAt,
            int width,
            float[] v,
            int vAt,
            int n,
            float[] y,
            int yAt) {
        int j = 0;
        for (; j < S.loopBound(n); j += L) {
            FloatVector value = FloatVector.fromArray(S, v, vAt + j);
            FloatVector sum = FloatVector.zero(S);
            for (int i = 0; i < width; i++) {
                FloatVector s =
                        FloatVector.fromArray(S, before, at + i * n + j)
                                .mul(decay)
                                .add(value.mul(k[kAt + i]));
                s.intoArray(after, to + i * n + j);
                sum = s.mul(q[qAt + i]).add(sum);
            }
            sum.intoArray(y, yAt + j);
        }
        for (; j < n; j++) {
            float sum = 0;
            for (int i = 0; i < width; i++) {
                float s = before[at + i * n + j] * decay + v[vAt + j] * k[kAt + i];
                after[to + i * n + j] = s;
                sum += s * q[qAt + i];
            }
            y[yAt + j] = sum;
        }
    }
}
