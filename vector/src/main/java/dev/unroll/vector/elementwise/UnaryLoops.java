package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.vector.base.ScalarKernels;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.VectorMath;
import dev.unroll.vector.base.WarmUp;
import jdk.incubator.vector.FloatVector;

/**
 * Functions of one number over contiguous runs: y = f(x), n numbers, in place if x and y are the
 * same run. A loop for each function, because the compiler keeps vectors in registers only where it
 * sees the whole loop. The cheap ones cost a pass over memory, the others 1 to 2 ns for 4 numbers.
 * A function without a loop here runs by its definition, some 5 to 20 ns a number.
 */
public final class UnaryLoops {
    private static final FloatVector ONE = FloatVector.broadcast(S, 1);

    private UnaryLoops() {}

    static void run(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        if (f == Unary.RELU && WarmUp.young()) {
            ScalarKernels.relu(x, at, y, to, n);
            return;
        }
        int whole = S.loopBound(n);
        if (!(f instanceof Unary known) || !vectors(known, x, at, y, to, whole)) {
            scalar(f, x, at, y, to, n);
            return;
        }
        if (whole < n) {
            float[] rest = StridedCopy.own().rest;
            System.arraycopy(x, at + whole, rest, 0, n - whole);
            vectors(known, rest, 0, rest, 0, L);
            System.arraycopy(rest, 0, y, to + whole, n - whole);
        }
    }

    /**
     * Whole vectors only. What is left of a run goes through a vector of its own: a second copy of
     * the function in the same loop would be more than the compiler keeps in registers.
     *
     * @return whether the function has a loop of vectors; if not, nothing was done
     */
    private static boolean vectors(Unary f, float[] x, int at, float[] y, int to, int n) {
        switch (f) {
            case NEGATE -> negate(x, at, y, to, n);
            case ABS -> abs(x, at, y, to, n);
            case SQUARE -> square(x, at, y, to, n);
            case SQRT -> root(x, at, y, to, n);
            case RECIPROCAL -> reciprocal(x, at, y, to, n);
            case EXP -> exp(x, at, y, to, n);
            case TANH -> tanh(x, at, y, to, n);
            case SIGMOID -> sigmoid(x, at, y, to, n);
            case RELU -> relu(x, at, y, to, n);
            case GELU -> gelu(x, at, y, to, n);
            case GELU_TANH -> geluTanh(x, at, y, to, n);
            case SILU -> silu(x, at, y, to, n);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether a number costs much more than its way from and to memory. */
    static boolean costly(UnaryFunction f) {
        return switch (f) {
            case Unary.NEGATE, Unary.ABS, Unary.SQUARE, Unary.SQRT, Unary.RECIPROCAL, Unary.RELU ->
                    false;
            default -> true;
        };
    }

    /** Functions without a loop of vectors, by their definition. */
    private static void scalar(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) {
            y[to + i] = f.apply(x[at + i]);
        }
    }

    /** −x */
    private static void negate(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            v.neg().intoArray(y, to + i);
        }
    }

    /** |x| */
    private static void abs(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            v.abs().intoArray(y, to + i);
        }
    }

    /** x² */
    private static void square(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            v.mul(v).intoArray(y, to + i);
        }
    }

    /** √x */
    private static void root(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            v.sqrt().intoArray(y, to + i);
        }
    }

    /** 1/x */
    private static void reciprocal(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            ONE.div(v).intoArray(y, to + i);
        }
    }

    /** eˣ */
    private static void exp(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            VectorMath.exp(v).intoArray(y, to + i);
        }
    }

    /** tanh x */
    private static void tanh(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            VectorMath.tanh(v).intoArray(y, to + i);
        }
    }

    /** σ(x) */
    private static void sigmoid(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            VectorMath.sigmoid(v).intoArray(y, to + i);
        }
    }

    /** max(x, 0) */
    private static void relu(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            v.max(0).intoArray(y, to + i);
        }
    }

    /** x·Φ(x) */
    private static void gelu(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            Activations.gelu(v).intoArray(y, to + i);
        }
    }

    /** GELU's approximation */
    private static void geluTanh(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            Activations.geluTanh(v).intoArray(y, to + i);
        }
    }

    /** x·σ(x) */
    private static void silu(float[] x, int at, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, at + i);
            Activations.silu(v).intoArray(y, to + i);
        }
    }
}
