package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.unroll.backend.Binary;
import jdk.incubator.vector.FloatVector;

/**
 * Functions of two numbers over contiguous runs: y = f(x, z), n numbers; y may be either. A loop
 * for each function, as in {@link UnaryLoops}. All but the slopes of GELU and SiLU cost a pass over
 * memory.
 */
final class BinaryLoops {
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1);

    private BinaryLoops() {}

    static void run(Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        if (f == Binary.PLUS && Youth.young()) {
            Plain.add(x, at, z, zAt, y, to, n);
            return;
        }
        int whole = S.loopBound(n);
        vectors(f, x, at, z, zAt, y, to, whole);
        if (whole < n) {
            Runs runs = Runs.own();
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
            case TANH_SLOPE -> tanhSlope(x, at, z, zAt, y, to, n);
            case SIGMOID_SLOPE -> sigmoidSlope(x, at, z, zAt, y, to, n);
            case RELU_SLOPE -> reluSlope(x, at, z, zAt, y, to, n);
            case GELU_SLOPE -> geluSlope(x, at, z, zAt, y, to, n);
            case GELU_TANH_SLOPE -> geluTanhSlope(x, at, z, zAt, y, to, n);
            case SILU_SLOPE -> siluSlope(x, at, z, zAt, y, to, n);
        }
    }

    /** Whether a number costs much more than its way from and to memory. */
    static boolean costly(Binary f) {
        return switch (f) {
            case PLUS, MINUS, TIMES, DIVIDE, MAXIMUM, MINIMUM, EQUAL, GREATER -> false;
            case TANH_SLOPE, SIGMOID_SLOPE, RELU_SLOPE -> false;
            case GELU_SLOPE, GELU_TANH_SLOPE, SILU_SLOPE -> true;
        };
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

    /** b·(1 − a²) */
    private static void tanhSlope(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(ONE.sub(a.mul(a))).intoArray(y, to + i);
        }
    }

    /** b·a·(1 − a) */
    private static void sigmoidSlope(
            float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(a).mul(ONE.sub(a)).intoArray(y, to + i);
        }
    }

    /** b where a > 0 */
    private static void reluSlope(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            ZERO.blend(b, a.compare(GT, 0)).intoArray(y, to + i);
        }
    }

    /** b·(Φ(a) + a·φ(a)) */
    private static void geluSlope(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Gates.geluSlope(a)).intoArray(y, to + i);
        }
    }

    /** b times the derivative of GELU's approximation */
    private static void geluTanhSlope(
            float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Gates.geluTanhSlope(a)).intoArray(y, to + i);
        }
    }

    /** b·σ(a)·(1 + a·(1 − σ(a))) */
    private static void siluSlope(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Gates.siluSlope(a)).intoArray(y, to + i);
        }
    }
}
