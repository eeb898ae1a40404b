package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Passes over the places of an image in which each channel has numbers of its own. */
final class PixelLoops {
    private PixelLoops() {}

    /** y[c] += Σ x[i, c]. */
    static void sum(float[] x, int at, int places, float[] y, int to, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            int from = at + c;
            for (int i = 0; i < places; i++, from += channels) {
                a = a.add(FloatVector.fromArray(S, x, from, lanes));
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** y[c] += Σ (x[i, c] − m[c])². */
    static void squares(
            float[] x, int at, int places, float[] m, int mAt, float[] y, int to, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            FloatVector mean = FloatVector.fromArray(S, m, mAt + c, lanes);
            int from = at + c;
            for (int i = 0; i < places; i++, from += channels) {
                FloatVector d = FloatVector.fromArray(S, x, from, lanes).sub(mean);
                a = d.fma(d, a);
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** y[c] += Σ dy[i, c], and one row on: y[c] += Σ dy[i, c]·(x[i, c] − m[c]). */
    static void slopes(
            float[] x,
            int at,
            float[] dy,
            int dyAt,
            int places,
            float[] m,
            int mAt,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            FloatVector b = FloatVector.fromArray(S, y, to + channels + c, lanes);
            FloatVector mean = FloatVector.fromArray(S, m, mAt + c, lanes);
            int from = at + c;
            int upFrom = dyAt + c;
            for (int i = 0; i < places; i++, from += channels, upFrom += channels) {
                FloatVector d = FloatVector.fromArray(S, dy, upFrom, lanes);
                a = a.add(d);
                b = d.fma(FloatVector.fromArray(S, x, from, lanes).sub(mean), b);
            }
            a.intoArray(y, to + c, lanes);
            b.intoArray(y, to + channels + c, lanes);
        }
    }

    /** y[i, c] = scale[c]·x[i, c] + shift[c]. */
    static void affine(
            float[] x,
            int at,
            int places,
            float[] scale,
            float[] shift,
            int own,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.fromArray(S, scale, own + c, lanes);
            FloatVector t = FloatVector.fromArray(S, shift, own + c, lanes);
            for (int i = 0; i < places; i++) {
                FloatVector v = FloatVector.fromArray(S, x, at + i * channels + c, lanes);
                v.fma(s, t).intoArray(y, to + i * channels + c, lanes);
            }
        }
    }

    /** y[i, c] = a[c]·dy[i, c] + b[c]·x[i, c] + d[c]. */
    static void combine(
            float[] x,
            int at,
            float[] dy,
            int dyAt,
            int places,
            float[] a,
            float[] b,
            float[] d,
            int own,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.fromArray(S, a, own + c, lanes);
            FloatVector t = FloatVector.fromArray(S, b, own + c, lanes);
            FloatVector u = FloatVector.fromArray(S, d, own + c, lanes);
            for (int i = 0; i < places; i++) {
                int place = i * channels + c;
                FloatVector v = FloatVector.fromArray(S, x, at + place, lanes).fma(t, u);
                FloatVector w = FloatVector.fromArray(S, dy, dyAt + place, lanes);
                w.fma(s, v).intoArray(y, to + place, lanes);
            }
        }
    }
}
