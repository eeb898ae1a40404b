package dev.unroll.vector.inference;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.gemm.MicroKernel;
import dev.unroll.vector.gemm.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * One row times packed weights, c += a·b: 2·in·out FLOPs, and every weight is read once, so that
 * reading them (4·in·out bytes) is all the time there is. Two panels pass side by side: with one,
 * its two chains of multiply-adds would wait for themselves. Each element is the same chain as in
 * {@link MicroKernel}.
 */
final class Gemv {
    private Gemv() {}

    /** Columns [left, right) of c; left is a multiple of a panel's width. */
    static void times(
            float[] a, int aAt, Panels b, float[] c, int cAt, int left, int right, float[] tile) {
        int j = left;
        for (; j + 2 * COLUMNS <= right; j += 2 * COLUMNS) {
            two(b.rows(), a, aAt, b.data(), b.index(0, j), b.index(0, j + COLUMNS), c, cAt + j);
        }
        for (; j < right; j += COLUMNS) {
            int width = Math.min(COLUMNS, right - j);
            if (width == COLUMNS) {
                one(b.rows(), a, aAt, b.data(), b.index(0, j), c, cAt + j);
                continue;
            }
            System.arraycopy(c, cAt + j, tile, 0, width);
            one(b.rows(), a, aAt, b.data(), b.index(0, j), tile, 0);
            System.arraycopy(tile, 0, c, cAt + j, width);
        }
    }

    private static void two(
            int depth, float[] a, int aAt, float[] b, int first, int second, float[] c, int cAt) {
        FloatVector c0 = FloatVector.fromArray(S, c, cAt);
        FloatVector c1 = FloatVector.fromArray(S, c, cAt + L);
        FloatVector c2 = FloatVector.fromArray(S, c, cAt + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, cAt + 3 * L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            int at = k * COLUMNS;
            c0 = x.fma(FloatVector.fromArray(S, b, first + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, first + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, second + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, second + at + L), c3);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + L);
        c2.intoArray(c, cAt + 2 * L);
        c3.intoArray(c, cAt + 3 * L);
    }

    private static void one(int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        FloatVector c0 = FloatVector.fromArray(S, c, cAt);
        FloatVector c1 = FloatVector.fromArray(S, c, cAt + L);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            int at = bAt + k * COLUMNS;
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + L);
    }
}
