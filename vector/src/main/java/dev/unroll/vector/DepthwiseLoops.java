package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of 3 x 3 that meet each channel by itself, along a line of places that have all three
 * columns: the weights of a vector of channels stay in registers.
 */
final class DepthwiseLoops {
    private DepthwiseLoops() {}

    /**
     * y = start + Σ w ⊙ x over the kernel's rows and columns, for places of a line.
     *
     * @param at where the first place's upper left neighbour starts
     * @param rowStep distance between rows of x
     * @param stride distance between the neighbours of two places, in places
     * @param w [9, channels]
     * @param start [channels], or null: 0
     */
    static void nine(
            int places,
            float[] x,
            int at,
            int rowStep,
            int stride,
            float[] w,
            int wAt,
            float @Nullable [] start,
            int startAt,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.zero(S);
            if (start != null) {
                s = FloatVector.fromArray(S, start, startAt + c, lanes);
            }
            FloatVector w0 = FloatVector.fromArray(S, w, wAt + c, lanes);
            FloatVector w1 = FloatVector.fromArray(S, w, wAt + channels + c, lanes);
            FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * channels + c, lanes);
            FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * channels + c, lanes);
            FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * channels + c, lanes);
            FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * channels + c, lanes);
            FloatVector w6 = FloatVector.fromArray(S, w, wAt + 6 * channels + c, lanes);
            FloatVector w7 = FloatVector.fromArray(S, w, wAt + 7 * channels + c, lanes);
            FloatVector w8 = FloatVector.fromArray(S, w, wAt + 8 * channels + c, lanes);
            int n = 0;
            for (; stride == 1 && n <= places - 4; n += 4) {
                int from = at + n * channels + c;
                int second = from + rowStep;
                int third = second + rowStep;
                FloatVector a = s;
                FloatVector b = s;
                FloatVector d = s;
                FloatVector e = s;
                FloatVector v0 = FloatVector.fromArray(S, x, from, lanes);
                FloatVector v1 = FloatVector.fromArray(S, x, from + channels, lanes);
                FloatVector v2 = FloatVector.fromArray(S, x, from + 2 * channels, lanes);
                FloatVector v3 = FloatVector.fromArray(S, x, from + 3 * channels, lanes);
                FloatVector v4 = FloatVector.fromArray(S, x, from + 4 * channels, lanes);
                FloatVector v5 = FloatVector.fromArray(S, x, from + 5 * channels, lanes);
                a = v0.fma(w0, a);
                b = v1.fma(w0, b);
                d = v2.fma(w0, d);
                e = v3.fma(w0, e);
                a = v1.fma(w1, a);
                b = v2.fma(w1, b);
                d = v3.fma(w1, d);
                e = v4.fma(w1, e);
                a = v2.fma(w2, a);
                b = v3.fma(w2, b);
                d = v4.fma(w2, d);
                e = v5.fma(w2, e);
                v0 = FloatVector.fromArray(S, x, second, lanes);
                v1 = FloatVector.fromArray(S, x, second + channels, lanes);
                v2 = FloatVector.fromArray(S, x, second + 2 * channels, lanes);
                v3 = FloatVector.fromArray(S, x, second + 3 * channels, lanes);
                v4 = FloatVector.fromArray(S, x, second + 4 * channels, lanes);
                v5 = FloatVector.fromArray(S, x, second + 5 * channels, lanes);
                a = v0.fma(w3, a);
                b = v1.fma(w3, b);
                d = v2.fma(w3, d);
                e = v3.fma(w3, e);
                a = v1.fma(w4, a);
                b = v2.fma(w4, b);
                d = v3.fma(w4, d);
                e = v4.fma(w4, e);
                a = v2.fma(w5, a);
                b = v3.fma(w5, b);
                d = v4.fma(w5, d);
                e = v5.fma(w5, e);
                v0 = FloatVector.fromArray(S, x, third, lanes);
                v1 = FloatVector.fromArray(S, x, third + channels, lanes);
                v2 = FloatVector.fromArray(S, x, third + 2 * channels, lanes);
                v3 = FloatVector.fromArray(S, x, third + 3 * channels, lanes);
                v4 = FloatVector.fromArray(S, x, third + 4 * channels, lanes);
                v5 = FloatVector.fromArray(S, x, third + 5 * channels, lanes);
                a = v0.fma(w6, a);
                b = v1.fma(w6, b);
                d = v2.fma(w6, d);
                e = v3.fma(w6, e);
                a = v1.fma(w7, a);
                b = v2.fma(w7, b);
                d = v3.fma(w7, d);
                e = v4.fma(w7, e);
                a = v2.fma(w8, a);
                b = v3.fma(w8, b);
                d = v4.fma(w8, d);
                e = v5.fma(w8, e);
                int into = to + n * channels + c;
                a.intoArray(y, into, lanes);
                b.intoArray(y, into + channels, lanes);
                d.intoArray(y, into + 2 * channels, lanes);
                e.intoArray(y, into + 3 * channels, lanes);
            }
            for (; n < places; n++) {
                int from = at + n * stride * channels + c;
                int second = from + rowStep;
                int third = second + rowStep;
                FloatVector a = s;
                a = FloatVector.fromArray(S, x, from, lanes).fma(w0, a);
                a = FloatVector.fromArray(S, x, from + channels, lanes).fma(w1, a);
                a = FloatVector.fromArray(S, x, from + 2 * channels, lanes).fma(w2, a);
                a = FloatVector.fromArray(S, x, second, lanes).fma(w3, a);
                a = FloatVector.fromArray(S, x, second + channels, lanes).fma(w4, a);
                a = FloatVector.fromArray(S, x, second + 2 * channels, lanes).fma(w5, a);
                a = FloatVector.fromArray(S, x, third, lanes).fma(w6, a);
                a = FloatVector.fromArray(S, x, third + channels, lanes).fma(w7, a);
                a = FloatVector.fromArray(S, x, third + 2 * channels, lanes).fma(w8, a);
                a.intoArray(y, to + n * channels + c, lanes);
            }
        }
    }

    /** sums [9, channels] += Σ dy ⊙ x over places of a line; otherwise as {@link #nine}. */
    static void slopes(
            int places,
            float[] x,
            int at,
            int rowStep,
            int stride,
            float[] dy,
            int dyAt,
            float[] sums,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s0 = FloatVector.fromArray(S, sums, to + c, lanes);
            FloatVector s1 = FloatVector.fromArray(S, sums, to + channels + c, lanes);
            FloatVector s2 = FloatVector.fromArray(S, sums, to + 2 * channels + c, lanes);
            FloatVector s3 = FloatVector.fromArray(S, sums, to + 3 * channels + c, lanes);
            FloatVector s4 = FloatVector.fromArray(S, sums, to + 4 * channels + c, lanes);
            FloatVector s5 = FloatVector.fromArray(S, sums, to + 5 * channels + c, lanes);
            FloatVector s6 = FloatVector.fromArray(S, sums, to + 6 * channels + c, lanes);
            FloatVector s7 = FloatVector.fromArray(S, sums, to + 7 * channels + c, lanes);
            FloatVector s8 = FloatVector.fromArray(S, sums, to + 8 * channels + c, lanes);
            int n = 0;
            for (; stride == 1 && n <= places - 2; n += 2) {
                int from = at + n * channels + c;
                int second = from + rowStep;
                int third = second + rowStep;
                int up = dyAt + n * channels + c;
                FloatVector d = FloatVector.fromArray(S, dy, up, lanes);
                FloatVector e = FloatVector.fromArray(S, dy, up + channels, lanes);
                FloatVector v0 = FloatVector.fromArray(S, x, from, lanes);
                FloatVector v1 = FloatVector.fromArray(S, x, from + channels, lanes);
                FloatVector v2 = FloatVector.fromArray(S, x, from + 2 * channels, lanes);
                FloatVector v3 = FloatVector.fromArray(S, x, from + 3 * channels, lanes);
                s0 = v0.fma(d, s0);
                s0 = v1.fma(e, s0);
                s1 = v1.fma(d, s1);
                s1 = v2.fma(e, s1);
                s2 = v2.fma(d, s2);
                s2 = v3.fma(e, s2);
                v0 = FloatVector.fromArray(S, x, second, lanes);
                v1 = FloatVector.fromArray(S, x, second + channels, lanes);
                v2 = FloatVector.fromArray(S, x, second + 2 * channels, lanes);
                v3 = FloatVector.fromArray(S, x, second + 3 * channels, lanes);
                s3 = v0.fma(d, s3);
                s3 = v1.fma(e, s3);
                s4 = v1.fma(d, s4);
                s4 = v2.fma(e, s4);
                s5 = v2.fma(d, s5);
                s5 = v3.fma(e, s5);
                v0 = FloatVector.fromArray(S, x, third, lanes);
                v1 = FloatVector.fromArray(S, x, third + channels, lanes);
                v2 = FloatVector.fromArray(S, x, third + 2 * channels, lanes);
                v3 = FloatVector.fromArray(S, x, third + 3 * channels, lanes);
                s6 = v0.fma(d, s6);
                s6 = v1.fma(e, s6);
                s7 = v1.fma(d, s7);
                s7 = v2.fma(e, s7);
                s8 = v2.fma(d, s8);
                s8 = v3.fma(e, s8);
            }
            for (; n < places; n++) {
                int from = at + n * stride * channels + c;
                int second = from + rowStep;
                int third = second + rowStep;
                FloatVector d = FloatVector.fromArray(S, dy, dyAt + n * channels + c, lanes);
                s0 = FloatVector.fromArray(S, x, from, lanes).fma(d, s0);
                s1 = FloatVector.fromArray(S, x, from + channels, lanes).fma(d, s1);
                s2 = FloatVector.fromArray(S, x, from + 2 * channels, lanes).fma(d, s2);
                s3 = FloatVector.fromArray(S, x, second, lanes).fma(d, s3);
                s4 = FloatVector.fromArray(S, x, second + channels, lanes).fma(d, s4);
                s5 = FloatVector.fromArray(S, x, second + 2 * channels, lanes).fma(d, s5);
                s6 = FloatVector.fromArray(S, x, third, lanes).fma(d, s6);
                s7 = FloatVector.fromArray(S, x, third + channels, lanes).fma(d, s7);
                s8 = FloatVector.fromArray(S, x, third + 2 * channels, lanes).fma(d, s8);
            }
            s0.intoArray(sums, to + c, lanes);
            s1.intoArray(sums, to + channels + c, lanes);
            s2.intoArray(sums, to + 2 * channels + c, lanes);
            s3.intoArray(sums, to + 3 * channels + c, lanes);
            s4.intoArray(sums, to + 4 * channels + c, lanes);
            s5.intoArray(sums, to + 5 * channels + c, lanes);
            s6.intoArray(sums, to + 6 * channels + c, lanes);
            s7.intoArray(sums, to + 7 * channels + c, lanes);
            s8.intoArray(sums, to + 8 * channels + c, lanes);
        }
    }
}
