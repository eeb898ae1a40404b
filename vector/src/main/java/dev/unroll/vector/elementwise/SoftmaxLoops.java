package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.PlainLoops;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.VectorMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Softmax of one row, its logarithm and their derivatives. A row that fits the first two caches
 * costs one pass over memory, and 0.2 to 0.3 ns a number for the exponential.
 */
public final class SoftmaxLoops {
    private SoftmaxLoops() {}

    /**
     * y = eˣ / Σ eˣ, n numbers.
     *
     * @param plain without vectors
     */
    static void softmax(float[] x, int at, float[] y, int to, int n, boolean plain) {
        if (plain) {
            float peak = PlainLoops.peak(x, at, n);
            float sum = PlainLoops.exponentials(x, at, peak, y, to, n);
            StridedCopy.affine(1 / sum, 0, y, to, 1, y, to, 1, n);
            return;
        }
        float peak = LaneSums.peak(x, at, n);
        float sum = exponentials(x, at, peak, y, to, n);
        StridedCopy.affine(1 / sum, 0, y, to, y, to, n);
    }

    /**
     * y = x − ln Σ eˣ, n numbers.
     *
     * @param plain without vectors
     */
    static void logSoftmax(float[] x, int at, float[] y, int to, int n, boolean plain) {
        if (plain) {
            float peak = PlainLoops.peak(x, at, n);
            float log = (float) Math.log(PlainLoops.sumExp(x, at, n, peak));
            PlainLoops.less(x, at, peak, log, y, to, n);
            return;
        }
        float peak = LaneSums.peak(x, at, n);
        float log = (float) Math.log(LaneSums.sumExp(x, at, n, peak));
        less(x, at, peak, log, y, to, n);
    }

    /** y = eˣ⁻ᵐ, n numbers; gives their sum. */
    public static float exponentials(float[] x, int at, float m, float[] y, int to, int n) {
        int whole = S.loopBound(n);
        float sum = vectors(x, at, m, y, to, whole);
        if (whole < n) {
            float[] rest = StridedCopy.own().rest;
            Arrays.fill(rest, n - whole, L, Float.NEGATIVE_INFINITY);
            System.arraycopy(x, at + whole, rest, 0, n - whole);
            sum += vectors(rest, 0, m, rest, 0, L);
            System.arraycopy(rest, 0, y, to + whole, n - whole);
        }
        return sum;
    }

    /** Whole vectors only, as in {@link UnaryLoops}. */
    private static float vectors(float[] x, int at, float m, float[] y, int to, int n) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < n; i += L) {
            FloatVector e = VectorMath.expOrZero(FloatVector.fromArray(S, x, at + i).sub(m));
            e.intoArray(y, to + i);
            sum = sum.add(e);
        }
        return LaneSums.sum(sum);
    }

    /** y = (x − m) − s, n numbers. */
    public static void less(float[] x, int at, float m, float s, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, at + i, lanes).sub(m).sub(s).intoArray(y, to + i, lanes);
        }
    }

    /** dx = y·(dy − dot), n numbers. */
    static void backward(
            float[] y, int yAt, float[] dy, int dyAt, float dot, float[] dx, int to, int n) {
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector.fromArray(S, dy, dyAt + i, lanes)
                    .sub(dot)
                    .mul(FloatVector.fromArray(S, y, yAt + i, lanes))
                    .intoArray(dx, to + i, lanes);
        }
    }

    /** dx = dy − eʸ·sum, n numbers. */
    static void logBackward(
            float[] y, int yAt, float[] dy, int dyAt, float sum, float[] dx, int to, int n) {
        FloatVector s = FloatVector.broadcast(S, -sum);
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            VectorMath.exp(FloatVector.fromArray(S, y, yAt + i, lanes))
                    .fma(s, FloatVector.fromArray(S, dy, dyAt + i, lanes))
                    .intoArray(dx, to + i, lanes);
        }
    }
}
