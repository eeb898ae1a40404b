package dev.unroll.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small matrices inside one thread, straight from where they lie: c = a·b or c += a·b.
 * Four rows share each load of b. Every element is one chain of multiply-adds in the order of k,
 * whichever rows are computed together.
 */
final class SmallProduct {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private SmallProduct() {}

    /**
     * Element (i, k) of a lies at {@code aAt + i·aRow + k·aColumn}; rows of b and c are contiguous.
     *
     * @param m rows of c
     * @param n columns of c
     * @param depth columns of a, rows of b
     */
    static void multiply(
            int m,
            int n,
            int depth,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow,
            boolean accumulate) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            four(
                    n,
                    depth,
                    a,
                    aAt + i * aRow,
                    aRow,
                    aColumn,
                    b,
                    bAt,
                    bRow,
                    c,
                    cAt + i * cRow,
                    cRow,
                    accumulate);
        }
        for (; i < m; i++) {
            one(n, depth, a, aAt + i * aRow, aColumn, b, bAt, bRow, c, cAt + i * cRow, accumulate);
        }
    }

    private static void four(
            int n,
            int depth,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow,
            boolean accumulate) {
        int j = 0;
        for (; j + S.length() <= n; j += S.length()) {
            FloatVector y0 = start(c, cAt + j, accumulate);
            FloatVector y1 = start(c, cAt + cRow + j, accumulate);
            FloatVector y2 = start(c, cAt + 2 * cRow + j, accumulate);
            FloatVector y3 = start(c, cAt + 3 * cRow + j, accumulate);
            for (int k = 0; k < depth; k++) {
                FloatVector x = FloatVector.fromArray(S, b, bAt + k * bRow + j);
                int at = aAt + k * aColumn;
                y0 = FloatVector.broadcast(S, a[at]).fma(x, y0);
                y1 = FloatVector.broadcast(S, a[at + aRow]).fma(x, y1);
                y2 = FloatVector.broadcast(S, a[at + 2 * aRow]).fma(x, y2);
                y3 = FloatVector.broadcast(S, a[at + 3 * aRow]).fma(x, y3);
            }
            y0.intoArray(c, cAt + j);
            y1.intoArray(c, cAt + cRow + j);
            y2.intoArray(c, cAt + 2 * cRow + j);
            y3.intoArray(c, cAt + 3 * cRow + j);
        }
        if (j < n) {
            for (int r = 0; r < 4; r++) {
                tail(
                        j,
                        n,
                        depth,
                        a,
                        aAt + r * aRow,
                        aColumn,
                        b,
                        bAt,
                        bRow,
                        c,
                        cAt + r * cRow,
                        accumulate);
            }
        }
    }

    private static void one(
            int n,
            int depth,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            boolean accumulate) {
        int j = 0;
        for (; j + S.length() <= n; j += S.length()) {
            FloatVector y = start(c, cAt + j, accumulate);
            for (int k = 0; k < depth; k++) {
                FloatVector x = FloatVector.fromArray(S, b, bAt + k * bRow + j);
                y = FloatVector.broadcast(S, a[aAt + k * aColumn]).fma(x, y);
            }
            y.intoArray(c, cAt + j);
        }
        if (j < n) {
            tail(j, n, depth, a, aAt, aColumn, b, bAt, bRow, c, cAt, accumulate);
        }
    }

    /** The last columns of a row, fewer than a vector. */
    private static void tail(
            int j,
            int n,
            int depth,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            boolean accumulate) {
        VectorMask<Float> in = S.indexInRange(j, n);
        FloatVector y = accumulate ? FloatVector.fromArray(S, c, cAt + j, in) : FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(S, b, bAt + k * bRow + j, in);
            y = FloatVector.broadcast(S, a[aAt + k * aColumn]).fma(x, y);
        }
        y.intoArray(c, cAt + j, in);
    }

    private static FloatVector start(float[] c, int at, boolean accumulate) {
        return accumulate ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
    }
}
