package dev.unroll.vector.recurrent;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What a linear recurrence does to a row of n numbers. What does not fill a vector is done number
 * by number and rounds alike.
 */
final class ScanLoops {
    /**
     * A state, a gradient or a product that has decayed below this is 0. Below 2⁻¹²⁶ numbers lose
     * digits, and processors take a hundred times as long with them.
     */
    private static final float TINY = 0x1p-100f;

    private static final FloatVector ZERO = FloatVector.zero(S);

    private ScanLoops() {}

    /**
     * y = a ⊙ before + x; y may be before or x.
     *
     * @param plain without vectors
     */
    static void advance(
            float[] a,
            int aAt,
            float[] before,
            int beforeAt,
            float[] x,
            int xAt,
            float[] y,
            int to,
            int n,
            boolean plain) {
        int j = 0;
        for (; !plain && j <= n - L; j += L) {
            FloatVector factor = FloatVector.fromArray(S, a, aAt + j);
            FloatVector state = FloatVector.fromArray(S, before, beforeAt + j);
            FloatVector next = factor.fma(state, FloatVector.fromArray(S, x, xAt + j));
            flushed(next).intoArray(y, to + j);
        }
        for (; j < n; j++) {
            y[to + j] = flushed(Math.fma(a[aAt + j], before[beforeAt + j], x[xAt + j]));
        }
    }

    /**
     * y = a ⊙ x; y may be either.
     *
     * @param plain without vectors
     */
    static void multiply(
            float[] a, int aAt, float[] x, int xAt, float[] y, int to, int n, boolean plain) {
        int j = 0;
        for (; !plain && j <= n - L; j += L) {
            FloatVector product =
                    FloatVector.fromArray(S, a, aAt + j).mul(FloatVector.fromArray(S, x, xAt + j));
            flushed(product).intoArray(y, to + j);
        }
        for (; j < n; j++) {
            y[to + j] = flushed(a[aAt + j] * x[xAt + j]);
        }
    }

    private static FloatVector flushed(FloatVector x) {
        return x.blend(ZERO, x.abs().compare(VectorOperators.LT, TINY));
    }

    private static float flushed(float x) {
        return Math.abs(x) < TINY ? 0 : x;
    }
}
