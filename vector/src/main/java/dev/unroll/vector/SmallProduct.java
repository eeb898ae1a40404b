package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Products of small matrices inside one thread, straight from where they lie: c = a·b or c += a·b.
 * Eight sums stay in registers, four rows by two vectors or eight rows by one, which is what a
 * multiply-add's delay asks for. 2·m·n·depth FLOPs; a is read n/(2·lanes) times, b m/4 times. Every
 * element is one chain of multiply-adds in the order of the inner dimension, whichever rows are
 * computed together.
 */
final class SmallProduct {
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
            boolean more) {
        int j = 0;
        for (; j + 2 * L <= n; j += 2 * L) {
            int i = 0;
            for (; i + 4 <= m; i += 4) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                fourByTwo(depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
            for (; i < m; i++) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                one(depth, a, from, aColumn, b, bAt + j, bRow, c, to, more);
                one(depth, a, from, aColumn, b, bAt + j + L, bRow, c, to + L, more);
            }
        }
        for (; j + L <= n; j += L) {
            int i = 0;
            for (; i + 8 <= m; i += 8) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                eightByOne(depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
            for (; i < m; i++) {
                int to = cAt + i * cRow + j;
                one(depth, a, aAt + i * aRow, aColumn, b, bAt + j, bRow, c, to, more);
            }
        }
        if (j < n) {
            for (int i = 0; i < m; i++) {
                int to = cAt + i * cRow + j;
                rest(n - j, depth, a, aAt + i * aRow, aColumn, b, bAt + j, bRow, c, to, more);
            }
        }
    }

    private static void fourByTwo(
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
            boolean more) {
        int c1 = cAt + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        FloatVector zero = FloatVector.zero(S);
        FloatVector y00 = more ? FloatVector.fromArray(S, c, cAt) : zero;
        FloatVector y01 = more ? FloatVector.fromArray(S, c, cAt + L) : zero;
        FloatVector y10 = more ? FloatVector.fromArray(S, c, c1) : zero;
        FloatVector y11 = more ? FloatVector.fromArray(S, c, c1 + L) : zero;
        FloatVector y20 = more ? FloatVector.fromArray(S, c, c2) : zero;
        FloatVector y21 = more ? FloatVector.fromArray(S, c, c2 + L) : zero;
        FloatVector y30 = more ? FloatVector.fromArray(S, c, c3) : zero;
        FloatVector y31 = more ? FloatVector.fromArray(S, c, c3 + L) : zero;
        int at = aAt;
        int from = bAt;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.fromArray(S, b, from);
            FloatVector x1 = FloatVector.fromArray(S, b, from + L);
            FloatVector s = FloatVector.broadcast(S, a[at]);
            y00 = s.fma(x0, y00);
            y01 = s.fma(x1, y01);
            s = FloatVector.broadcast(S, a[at + aRow]);
            y10 = s.fma(x0, y10);
            y11 = s.fma(x1, y11);
            s = FloatVector.broadcast(S, a[at + 2 * aRow]);
            y20 = s.fma(x0, y20);
            y21 = s.fma(x1, y21);
            s = FloatVector.broadcast(S, a[at + 3 * aRow]);
            y30 = s.fma(x0, y30);
            y31 = s.fma(x1, y31);
            at += aColumn;
            from += bRow;
        }
        y00.intoArray(c, cAt);
        y01.intoArray(c, cAt + L);
        y10.intoArray(c, c1);
        y11.intoArray(c, c1 + L);
        y20.intoArray(c, c2);
        y21.intoArray(c, c2 + L);
        y30.intoArray(c, c3);
        y31.intoArray(c, c3 + L);
    }

    private static void eightByOne(
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
            boolean more) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = more ? FloatVector.fromArray(S, c, cAt) : zero;
        FloatVector y1 = more ? FloatVector.fromArray(S, c, cAt + cRow) : zero;
        FloatVector y2 = more ? FloatVector.fromArray(S, c, cAt + 2 * cRow) : zero;
        FloatVector y3 = more ? FloatVector.fromArray(S, c, cAt + 3 * cRow) : zero;
        FloatVector y4 = more ? FloatVector.fromArray(S, c, cAt + 4 * cRow) : zero;
        FloatVector y5 = more ? FloatVector.fromArray(S, c, cAt + 5 * cRow) : zero;
        FloatVector y6 = more ? FloatVector.fromArray(S, c, cAt + 6 * cRow) : zero;
        FloatVector y7 = more ? FloatVector.fromArray(S, c, cAt + 7 * cRow) : zero;
        int at = aAt;
        int from = bAt;
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(S, b, from);
            y0 = x.fma(FloatVector.broadcast(S, a[at]), y0);
            y1 = x.fma(FloatVector.broadcast(S, a[at + aRow]), y1);
            y2 = x.fma(FloatVector.broadcast(S, a[at + 2 * aRow]), y2);
            y3 = x.fma(FloatVector.broadcast(S, a[at + 3 * aRow]), y3);
            y4 = x.fma(FloatVector.broadcast(S, a[at + 4 * aRow]), y4);
            y5 = x.fma(FloatVector.broadcast(S, a[at + 5 * aRow]), y5);
            y6 = x.fma(FloatVector.broadcast(S, a[at + 6 * aRow]), y6);
            y7 = x.fma(FloatVector.broadcast(S, a[at + 7 * aRow]), y7);
            at += aColumn;
            from += bRow;
        }
        y0.intoArray(c, cAt);
        y1.intoArray(c, cAt + cRow);
        y2.intoArray(c, cAt + 2 * cRow);
        y3.intoArray(c, cAt + 3 * cRow);
        y4.intoArray(c, cAt + 4 * cRow);
        y5.intoArray(c, cAt + 5 * cRow);
        y6.intoArray(c, cAt + 6 * cRow);
        y7.intoArray(c, cAt + 7 * cRow);
    }

    private static void one(
            int depth,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            boolean more) {
        FloatVector y = more ? FloatVector.fromArray(S, c, cAt) : FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(S, b, bAt + k * bRow);
            y = x.fma(FloatVector.broadcast(S, a[aAt + k * aColumn]), y);
        }
        y.intoArray(c, cAt);
    }

    /** The last columns of a row, fewer than a vector. */
    private static void rest(
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
            boolean more) {
        VectorMask<Float> in = S.indexInRange(0, n);
        FloatVector y = more ? FloatVector.fromArray(S, c, cAt, in) : FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.fromArray(S, b, bAt + k * bRow, in);
            y = x.fma(FloatVector.broadcast(S, a[aAt + k * aColumn]), y);
        }
        y.intoArray(c, cAt, in);
    }
}
