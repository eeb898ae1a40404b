package dev.unroll.vector.image;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.IS_NAN;

import dev.unroll.backend.View;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/** Loops over several places of an image, channel by channel. Places are given by their start. */
final class ChannelLoops {
    private ChannelLoops() {}

    /**
     * y = bias + Σ x[places[i]] ⊙ w[taps[i]].
     *
     * @param covered places of x and, for each of them, where its weights start
     * @param bias what the sums begin at; null: 0
     */
    static void weighted(
            WindowTaps covered, float[] x, float[] w, @Nullable View bias, View result, int to) {
        int count = covered.count;
        int[] places = covered.places;
        int[] weights = covered.taps;
        float[] start = bias == null ? null : floats(bias.buffer());
        int startAt = bias == null ? 0 : bias.offset();
        float[] y = floats(result.buffer());
        int channels = result.dim(3);
        int c = 0;
        for (; c <= channels - 2 * L; c += 2 * L) {
            FloatVector a = FloatVector.zero(S);
            FloatVector b = a;
            if (start != null) {
                a = FloatVector.fromArray(S, start, startAt + c);
                b = FloatVector.fromArray(S, start, startAt + c + L);
            }
            for (int i = 0; i < count; i++) {
                int from = places[i] + c;
                int by = weights[i] + c;
                FloatVector x0 = FloatVector.fromArray(S, x, from);
                FloatVector x1 = FloatVector.fromArray(S, x, from + L);
                a = x0.fma(FloatVector.fromArray(S, w, by), a);
                b = x1.fma(FloatVector.fromArray(S, w, by + L), b);
            }
            a.intoArray(y, to + c);
            b.intoArray(y, to + c + L);
        }
        for (; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.zero(S);
            if (start != null) {
                a = FloatVector.fromArray(S, start, startAt + c, lanes);
            }
            for (int i = 0; i < count; i++) {
                FloatVector x0 = FloatVector.fromArray(S, x, places[i] + c, lanes);
                a = x0.fma(FloatVector.fromArray(S, w, weights[i] + c, lanes), a);
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** y = scale·Σ x[places[i]]. */
    static void sum(
            int count, float[] x, int[] places, float scale, float[] y, int to, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.zero(S);
            for (int i = 0; i < count; i++) {
                a = a.add(FloatVector.fromArray(S, x, places[i] + c, lanes));
            }
            a.mul(scale).intoArray(y, to + c, lanes);
        }
    }

    /** y[places[i]] += scale·x. */
    static void spread(
            int count, float[] x, int at, float scale, float[] y, int[] places, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, x, at + c, lanes).mul(scale);
            for (int i = 0; i < count; i++) {
                int to = places[i] + c;
                FloatVector.fromArray(S, y, to, lanes).add(a).intoArray(y, to, lanes);
            }
        }
    }

    /** y = max x[places[i]]. */
    static void max(int count, float[] x, int[] places, float[] y, int to, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < count; i++) {
                a = FloatVector.fromArray(S, x, places[i] + c, lanes).max(a);
            }
            a.intoArray(y, to + c, lanes);
        }
    }

    /** dx[places[i]] += dy where x[places[i]] is the first that equals y or is no number. */
    static void toFirst(
            int count,
            float[] x,
            int[] places,
            int back,
            float[] y,
            int at,
            float[] dy,
            int dyAt,
            float[] dx,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> open = S.indexInRange(c, channels);
            FloatVector largest = FloatVector.fromArray(S, y, at + c, open);
            FloatVector up = FloatVector.fromArray(S, dy, dyAt + c, open);
            for (int i = 0; i < count && open.anyTrue(); i++) {
                FloatVector value = FloatVector.fromArray(S, x, places[i] + c, open);
                VectorMask<Float> hit = value.eq(largest).or(value.test(IS_NAN)).and(open);
                int to = places[i] + back + c;
                FloatVector.fromArray(S, dx, to, hit).add(up).intoArray(dx, to, hit);
                open = open.andNot(hit);
            }
        }
    }

    /** y[c] += Σ x[at + i·xStep + c]·z[zAt + i·zStep + c]. */
    static void dots(
            int count,
            float[] x,
            int at,
            int xStep,
            float[] z,
            int zAt,
            int zStep,
            float[] y,
            int to,
            int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> lanes = S.indexInRange(c, channels);
            FloatVector a = FloatVector.fromArray(S, y, to + c, lanes);
            int from = at + c;
            int by = zAt + c;
            for (int i = 0; i < count; i++) {
                FloatVector x0 = FloatVector.fromArray(S, x, from, lanes);
                a = x0.fma(FloatVector.fromArray(S, z, by, lanes), a);
                from += xStep;
                by += zStep;
            }
            a.intoArray(y, to + c, lanes);
        }
    }
}
