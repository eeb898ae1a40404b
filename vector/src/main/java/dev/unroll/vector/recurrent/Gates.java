package dev.unroll.vector.recurrent;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.vector.base.VectorMath;
import jdk.incubator.vector.FloatVector;

/** The functions of gates, as {@link Spans.Function}s. */
final class Gates {
    private Gates() {}

    /** Lines: x, replaced by σ(x). */
    static void sigmoid(int n, float[][] data, int[] at) {
        float[] xs = data[0];
        int xAt = at[0];
        for (int k = 0; k < n; k += L) {
            VectorMath.sigmoid(FloatVector.fromArray(S, xs, xAt + k)).intoArray(xs, xAt + k);
        }
    }

    /** Lines: x, replaced by tanh(x). */
    static void tanh(int n, float[][] data, int[] at) {
        float[] xs = data[0];
        int xAt = at[0];
        for (int k = 0; k < n; k += L) {
            VectorMath.tanh(FloatVector.fromArray(S, xs, xAt + k)).intoArray(xs, xAt + k);
        }
    }
}
