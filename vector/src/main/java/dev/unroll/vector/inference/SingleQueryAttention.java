package dev.unroll.vector.inference;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.PlainLoops;
import dev.unroll.vector.elementwise.SoftmaxLoops;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Attention of single queries, each to a list of keys: for a head of one, 4·keys·width FLOPs,
 * reading 8·keys·width bytes. Keys stay where they lie: turning them, as {@code VectorAttention}
 * does for many queries, would cost more than the dot products it saves.
 *
 * @param plain without vectors, to the same bits
 */
record SingleQueryAttention(
        CacheIndex keys, AttentionHeads heads, QueryKeyValue x, View y, boolean plain) {

    /** Scores of one thread, grown as needed. */
    private static final class Room {
        private static final ThreadLocal<Room> OWN = ThreadLocal.withInitial(Room::new);

        private float[] scores = new float[512];

        static float[] scores(int size) {
            Room room = OWN.get();
            if (room.scores.length < size) {
                room.scores = new float[2 * size];
            }
            return room.scores;
        }
    }

    /** The queries [from, to). */
    void attend(int from, int to) {
        int group = heads.heads() / heads.keyHeads();
        for (int i = from; i < to; i++) {
            int count = keys.offsets()[i + 1] - keys.offsets()[i];
            float[] scores = Room.scores(padded(count));
            for (int h = 0; h < heads.heads(); h++) {
                scores(i, h, h / group, scores);
                softmax(scores, count);
                mix(i, h, h / group, scores);
            }
        }
    }

    /** Scores of the keys of a query, and nothing after them up to a whole vector. */
    private void scores(int i, int head, int keyHead, float[] scores) {
        int width = heads.width();
        float[] q = floats(x.q().buffer());
        int qAt = x.q().offset() + i * x.q().strides()[0] + head * width;
        float[] k = floats(x.k().buffer());
        int kAt = x.k().offset() + keyHead * width;
        int kStep = x.k().strides()[0];
        int[] rows = keys.rows();
        int from = keys.offsets()[i];
        int to = keys.offsets()[i + 1];
        for (int j = from; j < to; j++) {
            int at = kAt + rows[j] * kStep;
            float dot =
                    plain
                            ? PlainLoops.dot(q, qAt, k, at, width)
                            : LaneSums.dot(q, qAt, k, at, width);
            scores[j - from] = heads.scale() * dot;
        }
        Arrays.fill(scores, to - from, padded(to - from), Float.NEGATIVE_INFINITY);
    }

    /** Scores become weights whose sum is 1. */
    private void softmax(float[] x, int keys) {
        int padded = padded(keys);
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            max = Math.max(max, x[j]);
        }
        float sum =
                plain
                        ? PlainLoops.exponentials(x, 0, max, x, 0, padded)
                        : SoftmaxLoops.exponentials(x, 0, max, x, 0, padded);
        for (int j = 0; j < keys; j++) {
            x[j] /= sum;
        }
    }

    /** A head of y = Σ weight·value. */
    private void mix(int i, int head, int keyHead, float[] weights) {
        int width = heads.valueWidth();
        float[] v = floats(x.v().buffer());
        int vAt = x.v().offset() + keyHead * width;
        int vStep = x.v().strides()[0];
        float[] out = floats(y.buffer());
        int yAt = y.offset() + i * y.strides()[0] + head * width;
        int[] rows = keys.rows();
        int from = keys.offsets()[i];
        int to = keys.offsets()[i + 1];
        int d = 0;
        for (; !plain && d <= width - 2 * L; d += 2 * L) {
            FloatVector y0 = FloatVector.zero(S);
            FloatVector y1 = y0;
            for (int j = from; j < to; j++) {
                int at = vAt + rows[j] * vStep + d;
                FloatVector w = FloatVector.broadcast(S, weights[j - from]);
                y0 = w.fma(FloatVector.fromArray(S, v, at), y0);
                y1 = w.fma(FloatVector.fromArray(S, v, at + L), y1);
            }
            y0.intoArray(out, yAt + d);
            y1.intoArray(out, yAt + d + L);
        }
        for (; !plain && d <= width - L; d += L) {
            FloatVector y0 = FloatVector.zero(S);
            for (int j = from; j < to; j++) {
                FloatVector w = FloatVector.broadcast(S, weights[j - from]);
                y0 = w.fma(FloatVector.fromArray(S, v, vAt + rows[j] * vStep + d), y0);
            }
            y0.intoArray(out, yAt + d);
        }
        for (; d < width; d++) {
            float sum = 0;
            for (int j = from; j < to; j++) {
                sum = Math.fma(weights[j - from], v[vAt + rows[j] * vStep + d], sum);
            }
            out[yAt + d] = sum;
        }
    }

    /** Room for so many scores. */
    private static int padded(int keys) {
        return (keys + L - 1) / L * L;
    }
}
