package dev.unroll.vector.image;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.StridedCopy;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of 3 x 3 that meet each channel by itself, along a line of places that have all three
 * columns: the weights of a vector of channels stay in registers. Each loop is a method of its own,
 * small enough for the compiler to inline all of its vector operations.
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
            float[] sums = StridedCopy.own().sums;
            s.intoArray(sums, 0);
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 4 * 4;
                fours(done, x, at + c, rowStep, w, wAt + c, sums, y, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int into = to + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            ones(places - done, x, from, rowStep, step, w, wAt + c, sums, y, into, channels, width);
        }
    }

    private static void fours(
            int places,
            float[] x,
            int at,
            int rowStep,
            float[] w,
            int wAt,
            float[] start,
            float[] y,
            int to,
            int channels) {
        FloatVector s = FloatVector.fromArray(S, start, 0);
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + channels);
        FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * channels);
        FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * channels);
        FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * channels);
        FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * channels);
        FloatVector w6 = FloatVector.fromArray(S, w, wAt + 6 * channels);
        FloatVector w7 = FloatVector.fromArray(S, w, wAt + 7 * channels);
        FloatVector w8 = FloatVector.fromArray(S, w, wAt + 8 * channels);
        for (int n = 0; n < places; n += 4) {
            int from = at + n * channels;
            int second = from + rowStep;
            int third = second + rowStep;
            FloatVector v0 = FloatVector.fromArray(S, x, from);
            FloatVector v1 = FloatVector.fromArray(S, x, from + channels);
            FloatVector v2 = FloatVector.fromArray(S, x, from + 2 * channels);
            FloatVector v3 = FloatVector.fromArray(S, x, from + 3 * channels);
            FloatVector v4 = FloatVector.fromArray(S, x, from + 4 * channels);
            FloatVector v5 = FloatVector.fromArray(S, x, from + 5 * channels);
            FloatVector a = v0.fma(w0, s);
            FloatVector b = v1.fma(w0, s);
            FloatVector d = v2.fma(w0, s);
            FloatVector e = v3.fma(w0, s);
            a = v1.fma(w1, a);
            b = v2.fma(w1, b);
            d = v3.fma(w1, d);
            e = v4.fma(w1, e);
            a = v2.fma(w2, a);
            b = v3.fma(w2, b);
            d = v4.fma(w2, d);
            e = v5.fma(w2, e);
            v0 = FloatVector.fromArray(S, x, second);
            v1 = FloatVector.fromArray(S, x, second + channels);
            v2 = FloatVector.fromArray(S, x, second + 2 * channels);
            v3 = FloatVector.fromArray(S, x, second + 3 * channels);
            v4 = FloatVector.fromArray(S, x, second + 4 * channels);
            v5 = FloatVector.fromArray(S, x, second + 5 * channels);
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
            v0 = FloatVector.fromArray(S, x, third);
            v1 = FloatVector.fromArray(S, x, third + channels);
            v2 = FloatVector.fromArray(S, x, third + 2 * channels);
            v3 = FloatVector.fromArray(S, x, third + 3 * channels);
            v4 = FloatVector.fromArray(S, x, third + 4 * channels);
            v5 = FloatVector.fromArray(S, x, third + 5 * channels);
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
            int into = to + n * channels;
            a.intoArray(y, into);
            b.intoArray(y, into + channels);
            d.intoArray(y, into + 2 * channels);
            e.intoArray(y, into + 3 * channels);
        }
    }

    private static void ones(
            int places,
            float[] x,
            int at,
            int rowStep,
            int step,
            float[] w,
            int wAt,
            float[] start,
            float[] y,
            int to,
            int channels,
            int width) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector s = FloatVector.fromArray(S, start, 0);
        FloatVector w0 = FloatVector.fromArray(S, w, wAt, lanes);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + channels, lanes);
        FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * channels, lanes);
        FloatVector w3 = FloatVector.fromArray(S, w, wAt + 3 * channels, lanes);
        FloatVector w4 = FloatVector.fromArray(S, w, wAt + 4 * channels, lanes);
        FloatVector w5 = FloatVector.fromArray(S, w, wAt + 5 * channels, lanes);
        FloatVector w6 = FloatVector.fromArray(S, w, wAt + 6 * channels, lanes);
        FloatVector w7 = FloatVector.fromArray(S, w, wAt + 7 * channels, lanes);
        FloatVector w8 = FloatVector.fromArray(S, w, wAt + 8 * channels, lanes);
        for (int n = 0; n < places; n++) {
            int from = at + n * step;
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
            a.intoArray(y, to + n * channels, lanes);
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
            int done = 0;
            if (stride == 1 && c + L <= channels) {
                done = places / 2 * 2;
                pairs(done, x, at + c, rowStep, dy, dyAt + c, sums, to + c, channels);
            }
            int from = at + done * stride * channels + c;
            int up = dyAt + done * channels + c;
            int step = stride * channels;
            int width = Math.min(L, channels - c);
            singles(places - done, x, from, rowStep, step, dy, up, sums, to + c, channels, width);
        }
    }

    private static void pairs(
            int places,
            float[] x,
            int at,
            int rowStep,
            float[] dy,
            int dyAt,
            float[] sums,
            int to,
            int channels) {
        FloatVector s0 = FloatVector.fromArray(S, sums, to);
        FloatVector s1 = FloatVector.fromArray(S, sums, to + channels);
        FloatVector s2 = FloatVector.fromArray(S, sums, to + 2 * channels);
        FloatVector s3 = FloatVector.fromArray(S, sums, to + 3 * channels);
        FloatVector s4 = FloatVector.fromArray(S, sums, to + 4 * channels);
        FloatVector s5 = FloatVector.fromArray(S, sums, to + 5 * channels);
        FloatVector s6 = FloatVector.fromArray(S, sums, to + 6 * channels);
        FloatVector s7 = FloatVector.fromArray(S, sums, to + 7 * channels);
        FloatVector s8 = FloatVector.fromArray(S, sums, to + 8 * channels);
        for (int n = 0; n < places; n += 2) {
            int from = at + n * channels;
            int second = from + rowStep;
            int third = second + rowStep;
            FloatVector d = FloatVector.fromArray(S, dy, dyAt + n * channels);
            FloatVector e = FloatVector.fromArray(S, dy, dyAt + n * channels + channels);
            FloatVector v0 = FloatVector.fromArray(S, x, from);
            FloatVector v1 = FloatVector.fromArray(S, x, from + channels);
            FloatVector v2 = FloatVector.fromArray(S, x, from + 2 * channels);
            FloatVector v3 = FloatVector.fromArray(S, x, from + 3 * channels);
            s0 = v1.fma(e, v0.fma(d, s0));
            s1 = v2.fma(e, v1.fma(d, s1));
            s2 = v3.fma(e, v2.fma(d, s2));
            v0 = FloatVector.fromArray(S, x, second);
            v1 = FloatVector.fromArray(S, x, second + channels);
            v2 = FloatVector.fromArray(S, x, second + 2 * channels);
            v3 = FloatVector.fromArray(S, x, second + 3 * channels);
            s3 = v1.fma(e, v0.fma(d, s3));
            s4 = v2.fma(e, v1.fma(d, s4));
            s5 = v3.fma(e, v2.fma(d, s5));
            v0 = FloatVector.fromArray(S, x, third);
            v1 = FloatVector.fromArray(S, x, third + channels);
            v2 = FloatVector.fromArray(S, x, third + 2 * channels);
            v3 = FloatVector.fromArray(S, x, third + 3 * channels);
            s6 = v1.fma(e, v0.fma(d, s6));
            s7 = v2.fma(e, v1.fma(d, s7));
            s8 = v3.fma(e, v2.fma(d, s8));
        }
        s0.intoArray(sums, to);
        s1.intoArray(sums, to + channels);
        s2.intoArray(sums, to + 2 * channels);
        s3.intoArray(sums, to + 3 * channels);
        s4.intoArray(sums, to + 4 * channels);
        s5.intoArray(sums, to + 5 * channels);
        s6.intoArray(sums, to + 6 * channels);
        s7.intoArray(sums, to + 7 * channels);
        s8.intoArray(sums, to + 8 * channels);
    }

    private static void singles(
            int places,
            float[] x,
            int at,
            int rowStep,
            int step,
            float[] dy,
            int dyAt,
            float[] sums,
            int to,
            int channels,
            int width) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector s0 = FloatVector.fromArray(S, sums, to, lanes);
        FloatVector s1 = FloatVector.fromArray(S, sums, to + channels, lanes);
        FloatVector s2 = FloatVector.fromArray(S, sums, to + 2 * channels, lanes);
        FloatVector s3 = FloatVector.fromArray(S, sums, to + 3 * channels, lanes);
        FloatVector s4 = FloatVector.fromArray(S, sums, to + 4 * channels, lanes);
        FloatVector s5 = FloatVector.fromArray(S, sums, to + 5 * channels, lanes);
        FloatVector s6 = FloatVector.fromArray(S, sums, to + 6 * channels, lanes);
        FloatVector s7 = FloatVector.fromArray(S, sums, to + 7 * channels, lanes);
        FloatVector s8 = FloatVector.fromArray(S, sums, to + 8 * channels, lanes);
        for (int n = 0; n < places; n++) {
            int from = at + n * step;
            int second = from + rowStep;
            int third = second + rowStep;
            FloatVector d = FloatVector.fromArray(S, dy, dyAt + n * channels, lanes);
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
        s0.intoArray(sums, to, lanes);
        s1.intoArray(sums, to + channels, lanes);
        s2.intoArray(sums, to + 2 * channels, lanes);
        s3.intoArray(sums, to + 3 * channels, lanes);
        s4.intoArray(sums, to + 4 * channels, lanes);
        s5.intoArray(sums, to + 5 * channels, lanes);
        s6.intoArray(sums, to + 6 * channels, lanes);
        s7.intoArray(sums, to + 7 * channels, lanes);
        s8.intoArray(sums, to + 8 * channels, lanes);
    }
}
