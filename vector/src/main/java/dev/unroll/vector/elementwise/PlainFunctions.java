package dev.unroll.vector.elementwise;

import dev.unroll.backend.Binary;
import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.vector.base.VectorMath;

/**
 * The functions of {@link FunctionLoops} over contiguous runs without vectors, to the same bits.
 */
final class PlainFunctions {
    private PlainFunctions() {}

    /** y = f(x), n numbers, in place if x and y are the same run. */
    static void unary(UnaryFunction f, float[] x, int at, float[] y, int to, int n) {
        if (f == Unary.RELU) { // the one that is cheap and common
            for (int i = 0; i < n; i++) {
                y[to + i] = Math.max(x[at + i], 0);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[to + i] = of(f, x[at + i]);
        }
    }

    private static float of(UnaryFunction f, float x) {
        return switch (f) {
            case Unary.NEGATE -> -x;
            case Unary.ABS -> Math.abs(x);
            case Unary.SQUARE -> x * x;
            case Unary.SQRT -> (float) Math.sqrt(x);
            case Unary.RECIPROCAL -> 1 / x;
            case Unary.EXP -> VectorMath.exp(x);
            case Unary.TANH -> VectorMath.tanh(x);
            case Unary.SIGMOID -> VectorMath.sigmoid(x);
            case Unary.GELU -> Activations.gelu(x);
            case Unary.GELU_TANH -> Activations.geluTanh(x);
            case Unary.SILU -> Activations.silu(x);
            case Unary.ELU_PLUS_ONE -> VectorMath.exp(Math.min(x, 0)) + Math.max(x, 0);
            default -> f.apply(x); // has no loop of vectors
        };
    }

    /** y = f(x, z), n numbers; y may be either. */
    static void binary(Binary f, float[] x, int at, float[] z, int zAt, float[] y, int to, int n) {
        if (f == Binary.PLUS) { // the one of every layer
            for (int i = 0; i < n; i++) {
                y[to + i] = x[at + i] + z[zAt + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[to + i] = f.apply(x[at + i], z[zAt + i]);
        }
    }
}
