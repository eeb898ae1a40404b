package dev.unroll.vector.attention;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.unroll.vector.base.VectorMath;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Transposing;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax over the keys of a tile and its derivative. Queries lie along the vectors and keys below
 * each other, so that no sum goes across lanes. Each method is one loop down the keys for one
 * vector of queries; an exponential a weight is nearly all of it, some 0.3 ns.
 */
final class AttentionLoops {
    private AttentionLoops() {}

    /** Rows of x become columns of y, [width, padded], with zeros beyond the last. */
    static void turn(Matrix x, float[] y, int padded) {
        turn(x, y, padded, false);
    }

    /**
     * Rows of x become columns of y, [width, padded], with zeros beyond the last.
     *
     * @param plain without vectors
     */
    static void turn(Matrix x, float[] y, int padded, boolean plain) {
        int rows = x.rows();
        if (plain) {
            Transposing.plainRows(x, y, 0, padded);
        } else {
            Transposing.rows(x, y, 0, padded);
        }
        if (rows < padded) {
            for (int d = 0; d < x.columns(); d++) {
                Arrays.fill(y, d * padded + rows, (d + 1) * padded, 0);
            }
        }
    }

    /**
     * Puts −∞ for some scores of one key.
     *
     * @param at of the first query's score
     * @param padded scores of a key, at most 64
     * @param seen bit i is set where query i sees the key
     */
    static void hide(float[] scores, int at, int padded, long seen) {
        long hidden = ~seen;
        for (int i = 0; i < padded; ) {
            int from = i + Long.numberOfTrailingZeros(hidden >>> i);
            if (from >= padded) {
                return;
            }
            int to = Math.min(padded, from + Long.numberOfTrailingZeros(~(hidden >>> from)));
            Arrays.fill(scores, at + from, at + to, Float.NEGATIVE_INFINITY);
            i = to;
        }
    }

    /** From scores to weights, and ln Σ e^score of each query into maxima. */
    static void softmax(AttentionScratch room, int keys, int padded) {
        for (int c = 0; c < padded; c += L) {
            maxima(room.weights, c, keys, padded, room.maxima);
            powers(room.weights, c, keys, padded, room.maxima, room.sums);
            shares(room.weights, c, keys, padded, room.sums);
        }
        for (int i = 0; i < padded; i++) {
            room.maxima[i] += (float) Math.log(room.sums[i]);
        }
    }

    /** {@link #softmax} without vectors, to the same bits. */
    static void plainSoftmax(AttentionScratch room, int keys, int padded) {
        float[] x = room.weights;
        Arrays.fill(room.maxima, 0, padded, Float.NEGATIVE_INFINITY);
        Arrays.fill(room.sums, 0, padded, 0);
        int end = keys * padded;
        for (int at = 0; at < end; at += padded) {
            for (int i = 0; i < padded; i++) {
                float v = x[at + i];
                room.maxima[i] = v <= room.maxima[i] ? room.maxima[i] : v;
            }
        }
        for (int i = 0; i < padded; i++) {
            room.maxima[i] = room.maxima[i] == Float.NEGATIVE_INFINITY ? 0 : room.maxima[i];
        }
        for (int at = 0; at < end; at += padded) {
            for (int i = 0; i < padded; i++) {
                float e = VectorMath.expOrZero(x[at + i] - room.maxima[i]);
                x[at + i] = e;
                room.sums[i] += e;
            }
        }
        for (int i = 0; i < padded; i++) {
            room.maxima[i] += (float) Math.log(room.sums[i]);
            room.sums[i] = room.sums[i] == 0 ? 0 : 1 / room.sums[i];
        }
        for (int at = 0; at < end; at += padded) {
            for (int i = 0; i < padded; i++) {
                x[at + i] *= room.sums[i];
            }
        }
    }

    /** The greatest score of each query; 0 for one that sees nothing. */
    private static void maxima(float[] x, int c, int keys, int padded, float[] maxima) {
        FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        for (int j = 0, at = c; j < keys; j++, at += padded) {
            FloatVector v = FloatVector.fromArray(S, x, at);
            a = v.blend(a, v.compare(LE, a));
        }
        a.intoArray(maxima, c);
        for (int i = c; i < c + L; i++) {
            maxima[i] = maxima[i] == Float.NEGATIVE_INFINITY ? 0 : maxima[i];
        }
    }

    /** x = e^(x − maximum), and their sums. */
    private static void powers(
            float[] x, int c, int keys, int padded, float[] maxima, float[] sums) {
        FloatVector max = FloatVector.fromArray(S, maxima, c);
        FloatVector sum = FloatVector.zero(S);
        for (int j = 0, at = c; j < keys; j++, at += padded) {
            FloatVector e = VectorMath.expOrZero(FloatVector.fromArray(S, x, at).sub(max));
            e.intoArray(x, at);
            sum = e.add(sum); // what receives a call must be of a class the compiler knows
        }
        sum.intoArray(sums, c);
    }

    /** x = x / sum; 0 where the sum is. */
    private static void shares(float[] x, int c, int keys, int padded, float[] sums) {
        FloatVector sum = FloatVector.fromArray(S, sums, c);
        FloatVector share = FloatVector.broadcast(S, 1).div(sum).blend(0, sum.compare(EQ, 0));
        for (int j = 0, at = c; j < keys; j++, at += padded) {
            FloatVector.fromArray(S, x, at).mul(share).intoArray(x, at);
        }
    }

    /** From scores and gradients of weights to weights and gradients of scores. */
    static void slopes(AttentionScratch room, int keys, int padded, float scale) {
        for (int c = 0; c < padded; c += L) {
            again(room.weights, room.slopes, c, keys, padded, room.maxima, room.sums);
            slopes(room.weights, room.slopes, c, keys, padded, room.sums, scale);
        }
    }

    /** x = e^(x − logSum), and Σ x·dx of each query. */
    private static void again(
            float[] x, float[] dx, int c, int keys, int padded, float[] logSums, float[] sums) {
        FloatVector logSum = FloatVector.fromArray(S, logSums, c);
        FloatVector sum = FloatVector.zero(S);
        for (int j = 0, at = c; j < keys; j++, at += padded) {
            FloatVector p = VectorMath.expOrZero(FloatVector.fromArray(S, x, at).sub(logSum));
            p.intoArray(x, at);
            sum = p.fma(FloatVector.fromArray(S, dx, at), sum);
        }
        sum.intoArray(sums, c);
    }

    /** dx = x·(dx − sum)·scale. */
    private static void slopes(
            float[] x, float[] dx, int c, int keys, int padded, float[] sums, float scale) {
        FloatVector sum = FloatVector.fromArray(S, sums, c);
        for (int j = 0, at = c; j < keys; j++, at += padded) {
            FloatVector.fromArray(S, dx, at)
                    .sub(sum)
                    .mul(FloatVector.fromArray(S, x, at))
                    .mul(scale)
                    .intoArray(dx, at);
        }
    }
}
