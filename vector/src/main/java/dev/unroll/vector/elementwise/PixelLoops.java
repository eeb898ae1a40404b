package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.View;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Passes over the places of an image in which each channel has numbers of its own. */
final class PixelLoops {
    private PixelLoops() {}

    /** Neighbouring places of images: [places, channels] from a place of the array on. */
    @SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
    record Pixels(float[] data, int at, int places, int channels) {
        static Pixels of(View x, int from, int places) {
            return new Pixels(floats(x.buffer()), x.offset() + from, places, x.dim(2));
        }
    }

    /** y[c] += Σ x[i, c]. */
    static void sum(Pixels x, float[] y, int to) {
        int channels = x.channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            int from = x.at + c;
            for (int i = 0; i < x.places; i++, from += channels) {
                a = a.add(FloatVector.fromArray(S, x.data, from, lanes));
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** y[c] += Σ (x[i, c] − m[c])². */
    static void squares(Pixels x, float[] m, int mAt, float[] y, int to) {
        int channels = x.channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            FloatVector mean = FloatVector.fromArray(S, m, mAt + c, lanes);
            int from = x.at + c;
            for (int i = 0; i < x.places; i++, from += channels) {
                FloatVector d = FloatVector.fromArray(S, x.data, from, lanes).sub(mean);
                a = d.fma(d, a);
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** y[c] += Σ dy[i, c], and one row on: y[c] += Σ dy[i, c]·(x[i, c] − m[c]). */
    static void slopes(Pixels x, Pixels dy, float[] m, int mAt, float[] y, int to) {
        int channels = x.channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            FloatVector b = FloatVector.fromArray(S, y, to + channels + c, lanes);
            FloatVector mean = FloatVector.fromArray(S, m, mAt + c, lanes);
            int from = x.at + c;
            int upFrom = dy.at + c;
            for (int i = 0; i < x.places; i++, from += channels, upFrom += channels) {
                FloatVector d = FloatVector.fromArray(S, dy.data, upFrom, lanes);
                a = a.add(d);
                b = d.fma(FloatVector.fromArray(S, x.data, from, lanes).sub(mean), b);
            }
            a.intoArray(y, to + c, lanes);
            b.intoArray(y, to + channels + c, lanes);
        }
    }

    /** y[i, c] = scale[c]·x[i, c] + shift[c]. */
    static void affine(Pixels x, float[] scale, float[] shift, int own, Pixels y) {
        int channels = x.channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.fromArray(S, scale, own + c, lanes);
            FloatVector t = FloatVector.fromArray(S, shift, own + c, lanes);
            for (int i = 0; i < x.places; i++) {
                FloatVector v = FloatVector.fromArray(S, x.data, x.at + i * channels + c, lanes);
                v.fma(s, t).intoArray(y.data, y.at + i * channels + c, lanes);
            }
        }
    }

    /** y[i, c] = a[c]·dy[i, c] + b[c]·x[i, c] + d[c]. */
    static void combine(Pixels x, Pixels dy, float[] a, float[] b, float[] d, int own, Pixels y) {
        int channels = x.channels;
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector s = FloatVector.fromArray(S, a, own + c, lanes);
            FloatVector t = FloatVector.fromArray(S, b, own + c, lanes);
            FloatVector u = FloatVector.fromArray(S, d, own + c, lanes);
            for (int i = 0; i < x.places; i++) {
                int place = i * channels + c;
                FloatVector v = FloatVector.fromArray(S, x.data, x.at + place, lanes).fma(t, u);
                FloatVector w = FloatVector.fromArray(S, dy.data, dy.at + place, lanes);
                w.fma(s, v).intoArray(y.data, y.at + place, lanes);
            }
        }
    }
}
