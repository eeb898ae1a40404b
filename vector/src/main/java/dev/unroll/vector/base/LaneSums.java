package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums and extremes of a run of floats, always in the same order. The Vector API's own {@code
 * reduceLanes(ADD)} leaves the order open and takes another one in the interpreter than in compiled
 * code, so the same run would not give the same bits twice.
 */
public final class LaneSums {
    private static final FloatVector LEAST = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private LaneSums() {}

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(S, lane -> (lane + by) % L);
    }

    /** Σ over the lanes of a vector of at most 16: halves on halves. */
    public static float sum(FloatVector v) {
        FloatVector sum = v;
        if (L > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (L > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (L > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }

    /** Σ x. */
    public static float sum(float[] x, int at, int n) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            a = a.add(FloatVector.fromArray(S, x, at + i));
            b = b.add(FloatVector.fromArray(S, x, at + i + L));
            c = c.add(FloatVector.fromArray(S, x, at + i + 2 * L));
            d = d.add(FloatVector.fromArray(S, x, at + i + 3 * L));
        }
        for (; i < n; i += L) {
            a = a.add(FloatVector.fromArray(S, x, at + i, S.indexInRange(i, n)));
        }
        return sum(a.add(b).add(c.add(d)));
    }

    /** Σ x·y. */
    public static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * L; i += 2 * L) {
            FloatVector x0 = FloatVector.fromArray(S, x, xAt + i);
            FloatVector x1 = FloatVector.fromArray(S, x, xAt + i + L);
            a = x0.fma(FloatVector.fromArray(S, y, yAt + i), a);
            b = x1.fma(FloatVector.fromArray(S, y, yAt + i + L), b);
        }
        for (; i < n; i += L) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xAt + i, rest);
            a = v.fma(FloatVector.fromArray(S, y, yAt + i, rest), a);
        }
        return sum(a.add(b));
    }

    /** The largest; −∞ of none; not a number if one of them is none. */
    public static float max(float[] x, int at, int n) {
        // not LEAST, as in peak
        FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            a = a.max(FloatVector.fromArray(S, x, at + i));
            b = b.max(FloatVector.fromArray(S, x, at + i + L));
            c = c.max(FloatVector.fromArray(S, x, at + i + 2 * L));
            d = d.max(FloatVector.fromArray(S, x, at + i + 3 * L));
        }
        for (; i < n; i += L) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            a = a.max(LEAST.blend(FloatVector.fromArray(S, x, at + i, rest), rest));
        }
        return LEAST.max(a).max(b).max(LEAST.max(c).max(d)).reduceLanes(MAX);
    }

    /**
     * The largest; 0 if that is −∞: what to take away before powers are taken. If one of the
     * numbers is none, it is any of them or none, and the powers bring it back. The loop compares
     * where {@link #max} asks for order among zeros and what is not a number, which takes three
     * times as long; the number just read receives the call, because the compiler knows its class.
     */
    public static float peak(float[] x, int at, int n) {
        // not LEAST: a sum that starts at an object remains one
        FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * L; i += 2 * L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            FloatVector w = FloatVector.fromArray(S, x, at + i + L);
            a = v.blend(a, v.compare(LE, a));
            b = w.blend(b, w.compare(LE, b));
        }
        // a constant receives the call, for the same reason
        float peak = LEAST.max(a).max(LEAST.max(b)).reduceLanes(MAX);
        for (; i < n; i++) {
            peak = Math.max(peak, x[at + i]);
        }
        return peak == Float.NEGATIVE_INFINITY ? 0 : peak;
    }

    /** Σ e^(x − shift). */
    public static float sumExp(float[] x, int at, int n, float shift) {
        int whole = S.loopBound(n);
        float sum = vectorsExp(x, at, whole, shift);
        if (whole < n) {
            float[] rest = StridedCopy.own().rest;
            Arrays.fill(rest, n - whole, L, Float.NEGATIVE_INFINITY);
            System.arraycopy(x, at + whole, rest, 0, n - whole);
            sum += vectorsExp(rest, 0, L, shift);
        }
        return sum;
    }

    /** Whole vectors only, as in {@code UnaryLoops}. */
    private static float vectorsExp(float[] x, int at, int n, float shift) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            // not sum.add(..): what receives a call must be of a class the compiler knows
            sum = VectorMath.expOrZero(FloatVector.fromArray(S, x, at + i).sub(shift)).add(sum);
        }
        return sum(ZERO.add(sum));
    }

    /** ln Σ eˣ without overflow; −∞ where every x is. */
    public static float logSum(float[] x, int at, int n) {
        float peak = peak(x, at, n);
        return peak + (float) Math.log(sumExp(x, at, n, peak));
    }
}
