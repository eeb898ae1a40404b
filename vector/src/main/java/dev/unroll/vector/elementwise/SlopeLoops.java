package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.vector.base.StridedCopy;
import jdk.incubator.vector.FloatVector;

/**
 * Derivatives of functions of one number over contiguous runs: dx = dy·f′(x), n numbers; dx may be
 * dy. A loop for each function, as in {@link UnaryLoops}, from its argument or from its result,
 * whichever is nearer at hand. A function without a loop here runs by its definition.
 */
final class SlopeLoops {
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1);

    private SlopeLoops() {}

    /**
     * @param x the argument
     * @param y the function's result
     * @param dy gradient of the result
     * @param dx gradient of the argument, written
     */
    static void run(
            UnaryFunction f,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int to,
            int n) {
        int whole = S.loopBound(n);
        if (!(f instanceof Unary known)
                || !vectors(known, x, xAt, y, yAt, dy, dyAt, dx, to, whole)) {
            for (int i = 0; i < n; i++) {
                dx[to + i] = f.backward(x[xAt + i], y[yAt + i], dy[dyAt + i]);
            }
            return;
        }
        if (whole < n) {
            StridedCopy runs = StridedCopy.own();
            int count = n - whole;
            System.arraycopy(x, xAt + whole, runs.rest, 0, count);
            System.arraycopy(y, yAt + whole, runs.otherRest, 0, count);
            System.arraycopy(dy, dyAt + whole, runs.thirdRest, 0, count);
            float[] result = runs.thirdRest;
            vectors(known, runs.rest, 0, runs.otherRest, 0, runs.thirdRest, 0, result, 0, L);
            System.arraycopy(result, 0, dx, to + whole, count);
        }
    }

    /**
     * Whole vectors only, as in {@link UnaryLoops}.
     *
     * @return whether the function has a loop of vectors; if not, nothing was done
     */
    private static boolean vectors(
            Unary f,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int to,
            int n) {
        switch (f) {
            case SQUARE -> square(x, xAt, dy, dyAt, dx, to, n);
            case SQRT -> root(y, yAt, dy, dyAt, dx, to, n);
            case RECIPROCAL -> reciprocal(y, yAt, dy, dyAt, dx, to, n);
            case EXP -> exp(y, yAt, dy, dyAt, dx, to, n);
            case LOG -> log(x, xAt, dy, dyAt, dx, to, n);
            case TANH -> tanh(y, yAt, dy, dyAt, dx, to, n);
            case SIGMOID -> sigmoid(y, yAt, dy, dyAt, dx, to, n);
            case RELU -> relu(y, yAt, dy, dyAt, dx, to, n);
            case GELU -> gelu(x, xAt, dy, dyAt, dx, to, n);
            case GELU_TANH -> geluTanh(x, xAt, dy, dyAt, dx, to, n);
            case SILU -> silu(x, xAt, dy, dyAt, dx, to, n);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether a number costs much more than its way from and to memory. */
    static boolean costly(UnaryFunction f) {
        return switch (f) {
            case Unary.SQUARE,
                    Unary.SQRT,
                    Unary.RECIPROCAL,
                    Unary.EXP,
                    Unary.LOG,
                    Unary.TANH,
                    Unary.SIGMOID,
                    Unary.RELU ->
                    false;
            default -> true;
        };
    }

    /** a = x: b·2a */
    private static void square(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(a).mul(2).intoArray(y, to + i);
        }
    }

    /** a = √x: ½b/a */
    private static void root(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.div(a).mul(0.5f).intoArray(y, to + i);
        }
    }

    /** a = 1/x: −b·a² */
    private static void reciprocal(
            float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(a).mul(a).neg().intoArray(y, to + i);
        }
    }

    /** a = eˣ: b·a */
    private static void exp(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(a).intoArray(y, to + i);
        }
    }

    /** a = x: b/a */
    private static void log(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.div(a).intoArray(y, to + i);
        }
    }

    /** a = tanh x: b·(1 − a²) */
    private static void tanh(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(ONE.sub(a.mul(a))).intoArray(y, to + i);
        }
    }

    /** a = σ(x): b·a·(1 − a) */
    private static void sigmoid(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(a).mul(ONE.sub(a)).intoArray(y, to + i);
        }
    }

    /** a = relu(x): b where a > 0 */
    private static void relu(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            ZERO.blend(b, a.compare(GT, 0)).intoArray(y, to + i);
        }
    }

    /** a = x: b·(Φ(a) + a·φ(a)) */
    private static void gelu(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Activations.geluSlope(a)).intoArray(y, to + i);
        }
    }

    /** a = x: b times the derivative of GELU's approximation */
    private static void geluTanh(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Activations.geluTanhSlope(a)).intoArray(y, to + i);
        }
    }

    /** a = x: b·σ(a)·(1 + a·(1 − σ(a))) */
    private static void silu(float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + i);
            FloatVector b = FloatVector.fromArray(S, z, zAt + i);
            b.mul(Activations.siluSlope(a)).intoArray(y, to + i);
        }
    }
}
