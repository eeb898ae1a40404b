package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.unroll.backend.Binary;
import dev.unroll.vector.base.ScalarKernels;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.WarmUp;
import jdk.incubator.vector.FloatVector;

/**
 * Functions of two numbers over contiguous runs: y = f(x, z), n numbers; y may be either. A loop
 * for each function, as in {@link UnaryLoops}. Each costs a pass over memory.
 */
final class BinaryLoops {
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1);

    private BinaryLoops() {}

    static void run(Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        if (f == Binary.PLUS && WarmUp.young()) {
            ScalarKernels.add(x, at, z, zAt, y, to, n);
            return;
        }
        int whole = S.loopBound(n);
        vectors(f, x, at, z, zAt, y, to, whole);
        if (whole < n) {
            StridedCopy runs = StridedCopy.own();
            System.arraycopy(x, at + whole, runs.rest, 0, n - whole);
            System.arraycopy(z, zAt + whole, runs.otherRest, 0, n - whole);
            vectors(f, runs.rest, 0, runs.otherRest, 0, runs.rest, 0, L);
            System.arraycopy(runs.rest, 0, y, to + whole, n - whole);
        }
    }

    /** Whole vectors only, as in {@link UnaryLoops}. */
    private static void vectors(
            Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        switch (f) {
            case PLUS -> plus(x, at, z, zAt, y, to, n);
            case MINUS -> minus(x, at, z, zAt, y, to, n);
            case TIMES -> times(x, at, z, zAt, y, to, n);
            case DIVIDE -> divide(x, at, z, zAt, y, to, n);
            case MAXIMUM -> maximum(x, at, z, zAt, y, to, n);
            case MINIMUM -> minimum(x, at, z, zAt, y, to, n);
            case EQUAL -> equal(x, at, z, zAt, y, to, n);
            case GREATER -> greater(x, at, z, zAt, y, to, n);
        }
    }

    /** a + b */
    private static void plus(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.add(b).intoArray(y, to + i);
        }
    }

    /** a − b */
    private static void minus(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.sub(b).intoArray(y, to + i);
        }
    }

    /** a·b */
    private static void times(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.mul(b).intoArray(y, to + i);
        }
    }

    /** a / b */
    private static void divide(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.div(b).intoArray(y, to + i);
        }
    }

    /** the larger */
    private static void maximum(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.max(b).intoArray(y, to + i);
        }
    }

    /** the smaller */
    private static void minimum(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            a.min(b).intoArray(y, to + i);
        }
    }

    /** 1 where a = b */
    private static void equal(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            ZERO.blend(ONE, a.compare(EQ, b)).intoArray(y, to + i);
        }
    }

    /** 1 where a > b */
    private static void greater(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            ZERO.blend(ONE, a.compare(GT, b)).intoArray(y, to + i);
        }
    }
}
