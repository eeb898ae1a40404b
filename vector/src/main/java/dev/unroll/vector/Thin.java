package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A few rows times a matrix whose rows lie whole in memory: reading it is all the work, so it is
 * read where it is, row by row. Every element is the same chain of fused steps as in {@link Tile}.
 */
final class Thin {
    /** Rows for which this beats packing. */
    static final int ROWS = 2;

    private static final int STEPS = 4;

    private Thin() {}

    /** Rows [top, bottom) and columns [left, right) of c = a·b or c += a·b. */
    static void rectangle(
            Matrix a,
            Matrix b,
            Matrix c,
            boolean accumulate,
            int top,
            int bottom,
            int left,
            int right) {
        int width = right - left;
        if (!accumulate) {
            for (int i = top; i < bottom; i++) {
                Arrays.fill(c.data(), c.index(i, left), c.index(i, left) + width, 0);
            }
        }
        int k = 0;
        for (; k <= b.rows() - STEPS; k += STEPS) {
            for (int i = top; i < bottom; i++) {
                addFour(
                        a,
                        i,
                        k,
                        b.data(),
                        b.index(k, left),
                        b.rowStep(),
                        c.data(),
                        c.index(i, left),
                        width);
            }
        }
        for (; k < b.rows(); k++) {
            for (int i = top; i < bottom; i++) {
                float x = a.data()[a.index(i, k)];
                addOne(x, b.data(), b.index(k, left), c.data(), c.index(i, left), width);
            }
        }
    }

    private static void addFour(
            Matrix a, int i, int k, float[] b, int bAt, int bStep, float[] c, int cAt, int width) {
        float x0 = a.data()[a.index(i, k)];
        float x1 = a.data()[a.index(i, k + 1)];
        float x2 = a.data()[a.index(i, k + 2)];
        float x3 = a.data()[a.index(i, k + 3)];
        FloatVector v0 = FloatVector.broadcast(S, x0);
        FloatVector v1 = FloatVector.broadcast(S, x1);
        FloatVector v2 = FloatVector.broadcast(S, x2);
        FloatVector v3 = FloatVector.broadcast(S, x3);
        int b1 = bAt + bStep;
        int b2 = b1 + bStep;
        int b3 = b2 + bStep;
        int j = 0;
        for (; j <= width - L; j += L) {
            FloatVector sum = FloatVector.fromArray(S, c, cAt + j);
            sum = v0.fma(FloatVector.fromArray(S, b, bAt + j), sum);
            sum = v1.fma(FloatVector.fromArray(S, b, b1 + j), sum);
            sum = v2.fma(FloatVector.fromArray(S, b, b2 + j), sum);
            sum = v3.fma(FloatVector.fromArray(S, b, b3 + j), sum);
            sum.intoArray(c, cAt + j);
        }
        for (; j < width; j++) {
            float sum = Math.fma(x0, b[bAt + j], c[cAt + j]);
            sum = Math.fma(x1, b[b1 + j], sum);
            sum = Math.fma(x2, b[b2 + j], sum);
            c[cAt + j] = Math.fma(x3, b[b3 + j], sum);
        }
    }

    private static void addOne(float x, float[] b, int bAt, float[] c, int cAt, int width) {
        for (int j = 0; j < width; j++) {
            c[cAt + j] = Math.fma(x, b[bAt + j], c[cAt + j]);
        }
    }
}
