package dev.unroll.vector.inference;

import dev.unroll.vector.base.WarmUp;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.MicroKernel;

/**
 * A product with weights [in, out] as they are, for the {@link WarmUp} of a process: the compiler
 * makes vectors of its innermost loop by itself, and soon. Each element is the same chain of
 * multiply-adds as in {@link MicroKernel}.
 */
public final class ScalarGemm {
    private static final int STEPS = 4;

    private ScalarGemm() {}

    /** c += a·b for all rows of a and the columns [left, right). */
    public static void add(Matrix a, float[] b, int out, Matrix c, int left, int right) {
        int in = a.columns();
        int n = right - left;
        int k = 0;
        for (; k <= in - STEPS; k += STEPS) {
            int from = k * out + left;
            for (int i = 0; i < a.rows(); i++) {
                four(a.data(), a.index(i, k), b, from, out, c.data(), c.index(i, left), n);
            }
        }
        for (; k < in; k++) {
            for (int i = 0; i < a.rows(); i++) {
                one(a.data()[a.index(i, k)], b, k * out + left, c.data(), c.index(i, left), n);
            }
        }
    }

    /** c += four numbers of x by four rows of b. */
    private static void four(
            float[] x, int at, float[] b, int from, int step, float[] c, int to, int n) {
        float x0 = x[at];
        float x1 = x[at + 1];
        float x2 = x[at + 2];
        float x3 = x[at + 3];
        int second = from + step;
        int third = second + step;
        int fourth = third + step;
        for (int j = 0; j < n; j++) {
            float sum = Math.fma(x0, b[from + j], c[to + j]);
            sum = Math.fma(x1, b[second + j], sum);
            sum = Math.fma(x2, b[third + j], sum);
            c[to + j] = Math.fma(x3, b[fourth + j], sum);
        }
    }

    private static void one(float x, float[] b, int from, float[] c, int to, int n) {
        for (int j = 0; j < n; j++) {
            c[to + j] = Math.fma(x, b[from + j], c[to + j]);
        }
    }
}
