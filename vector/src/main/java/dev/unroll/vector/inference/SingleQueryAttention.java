package dev.unroll.vector.inference;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.ScalarKernels;
import dev.unroll.vector.base.WarmUp;
import dev.unroll.vector.elementwise.SoftmaxLoops;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Attention of one head of one query to a list of keys: 4·keys·width FLOPs, reading 8·keys·width
 * bytes. Keys stay where they lie: turning them, as {@code VectorAttention} does for many queries,
 * would cost more than the dot products it saves.
 */
final class SingleQueryAttention {
    private SingleQueryAttention() {}

    /** Scores of the keys rows[from, to), and nothing after them up to a whole vector. */
    static void scores(
            float[] q,
            int qAt,
            float[] k,
            int kAt,
            int kStep,
            int width,
            float scale,
            int[] rows,
            int from,
            int to,
            float[] scores) {
        boolean young = WarmUp.young();
        for (int j = from; j < to; j++) {
            int at = kAt + rows[j] * kStep;
            float dot =
                    young
                            ? ScalarKernels.dot(q, qAt, k, at, width)
                            : LaneSums.dot(q, qAt, k, at, width);
            scores[j - from] = scale * dot;
        }
        int keys = to - from;
        Arrays.fill(scores, keys, padded(keys), Float.NEGATIVE_INFINITY);
    }

    /** Scores become weights whose sum is 1. */
    static void softmax(float[] x, int keys) {
        int padded = padded(keys);
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            max = Math.max(max, x[j]);
        }
        float sum =
                WarmUp.young()
                        ? ScalarKernels.exponentials(x, 0, max, x, 0, padded)
                        : SoftmaxLoops.exponentials(x, 0, max, x, 0, padded);
        for (int j = 0; j < keys; j++) {
            x[j] /= sum;
        }
    }

    /** y = Σ weight·value. */
    static void mix(
            float[] weights,
            float[] v,
            int vAt,
            int vStep,
            int width,
            int[] rows,
            int from,
            int to,
            float[] y,
            int yAt) {
        boolean young = WarmUp.young();
        int d = 0;
        for (; !young && d <= width - 2 * L; d += 2 * L) {
            FloatVector y0 = FloatVector.zero(S);
            FloatVector y1 = y0;
            for (int j = from; j < to; j++) {
                int at = vAt + rows[j] * vStep + d;
                FloatVector w = FloatVector.broadcast(S, weights[j - from]);
                y0 = w.fma(FloatVector.fromArray(S, v, at), y0);
                y1 = w.fma(FloatVector.fromArray(S, v, at + L), y1);
            }
            y0.intoArray(y, yAt + d);
            y1.intoArray(y, yAt + d + L);
        }
        for (; !young && d <= width - L; d += L) {
            FloatVector y0 = FloatVector.zero(S);
            for (int j = from; j < to; j++) {
                FloatVector w = FloatVector.broadcast(S, weights[j - from]);
                y0 = w.fma(FloatVector.fromArray(S, v, vAt + rows[j] * vStep + d), y0);
            }
            y0.intoArray(y, yAt + d);
        }
        for (; d < width; d++) {
            float sum = 0;
            for (int j = from; j < to; j++) {
                sum = Math.fma(weights[j - from], v[vAt + rows[j] * vStep + d], sum);
            }
            y[yAt + d] = sum;
        }
    }

    /** Room for so many scores. */
    static int padded(int keys) {
        return (keys + L - 1) / L * L;
    }
}
