package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;
import static dev.unroll.vector.Tile.S;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link Tile} and {@link RowTile} where c is no wider than one vector: half the work of a whole
 * tile. Each element is the same chain of fused steps.
 */
final class NarrowTile {
    private static final int STEP = RowTile.STEP;

    private NarrowTile() {}

    /**
     * c = a·b or c = s + a·b.
     *
     * @param rows number of rows, at most {@code height}
     * @param height rows of the packed tile of a
     * @param inColumns whether a is [depth, height] as for {@link Tile}, else rows as for {@link
     *     RowTile}
     * @param b [depth, COLUMNS], packed
     * @param width columns of c
     * @param fresh whether the sums start at 0
     */
    static void run(
            int rows,
            int height,
            boolean inColumns,
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        int i = 0;
        while (i < rows) {
            int sFrom = sAt + i * sStep;
            int cFrom = cAt + i * cStep;
            int left = rows - i;
            int step = left >= 12 ? 12 : left % 4 >= 2 && left > 5 ? 6 : left >= 4 ? 4 : 1;
            if (inColumns) {
                int from = aAt + i;
                switch (step) {
                    case 12 ->
                            columns12(
                                    depth, a, from, height, b, bAt, width, s, sFrom, sStep, c,
                                    cFrom, cStep, fresh);
                    case 6 ->
                            columns6(
                                    depth, a, from, height, b, bAt, width, s, sFrom, sStep, c,
                                    cFrom, cStep, fresh);
                    case 4 ->
                            columns4(
                                    depth, a, from, height, b, bAt, width, s, sFrom, sStep, c,
                                    cFrom, cStep, fresh);
                    default ->
                            one(depth, a, from, height, b, bAt, width, s, sFrom, c, cFrom, fresh);
                }
            } else {
                int from = aAt + i * STEP;
                switch (step) {
                    case 12 ->
                            rows12(
                                    depth, a, from, b, bAt, width, s, sFrom, sStep, c, cFrom, cStep,
                                    fresh);
                    case 6 ->
                            rows6(
                                    depth, a, from, b, bAt, width, s, sFrom, sStep, c, cFrom, cStep,
                                    fresh);
                    case 4 ->
                            rows4(
                                    depth, a, from, b, bAt, width, s, sFrom, sStep, c, cFrom, cStep,
                                    fresh);
                    default -> one(depth, a, from, 1, b, bAt, width, s, sFrom, c, cFrom, fresh);
                }
            }
            i += step;
        }
    }

    private static FloatVector start(boolean fresh, float[] s, int at, VectorMask<Float> lanes) {
        return fresh ? FloatVector.zero(S) : FloatVector.fromArray(S, s, at, lanes);
    }

    private static void one(
            int depth,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            float[] c,
            int cAt,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector sum = start(fresh, s, sAt, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(S, a[aAt + k * aStep]);
            sum = x.fma(FloatVector.fromArray(S, b, bAt + k * COLUMNS), sum);
        }
        sum.intoArray(c, cAt, lanes);
    }

    private static void rows12(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep, lanes);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep, lanes);
        FloatVector c6 = start(fresh, s, sAt + 6 * sStep, lanes);
        FloatVector c7 = start(fresh, s, sAt + 7 * sStep, lanes);
        FloatVector c8 = start(fresh, s, sAt + 8 * sStep, lanes);
        FloatVector c9 = start(fresh, s, sAt + 9 * sStep, lanes);
        FloatVector ca = start(fresh, s, sAt + 10 * sStep, lanes);
        FloatVector cb = start(fresh, s, sAt + 11 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + STEP + k]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + 4 * STEP + k]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + 5 * STEP + k]).fma(w, c5);
            c6 = FloatVector.broadcast(S, a[aAt + 6 * STEP + k]).fma(w, c6);
            c7 = FloatVector.broadcast(S, a[aAt + 7 * STEP + k]).fma(w, c7);
            VarHandle.loadLoadFence();
            c8 = FloatVector.broadcast(S, a[aAt + 8 * STEP + k]).fma(w, c8);
            c9 = FloatVector.broadcast(S, a[aAt + 9 * STEP + k]).fma(w, c9);
            ca = FloatVector.broadcast(S, a[aAt + 10 * STEP + k]).fma(w, ca);
            cb = FloatVector.broadcast(S, a[aAt + 11 * STEP + k]).fma(w, cb);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
        c4.intoArray(c, cAt + 4 * cStep, lanes);
        c5.intoArray(c, cAt + 5 * cStep, lanes);
        c6.intoArray(c, cAt + 6 * cStep, lanes);
        c7.intoArray(c, cAt + 7 * cStep, lanes);
        c8.intoArray(c, cAt + 8 * cStep, lanes);
        c9.intoArray(c, cAt + 9 * cStep, lanes);
        ca.intoArray(c, cAt + 10 * cStep, lanes);
        cb.intoArray(c, cAt + 11 * cStep, lanes);
    }

    private static void rows6(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep, lanes);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + STEP + k]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + 4 * STEP + k]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + 5 * STEP + k]).fma(w, c5);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
        c4.intoArray(c, cAt + 4 * cStep, lanes);
        c5.intoArray(c, cAt + 5 * cStep, lanes);
    }

    private static void rows4(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + STEP + k]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]).fma(w, c3);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
    }

    private static void columns12(
            int depth,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep, lanes);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep, lanes);
        FloatVector c6 = start(fresh, s, sAt + 6 * sStep, lanes);
        FloatVector c7 = start(fresh, s, sAt + 7 * sStep, lanes);
        FloatVector c8 = start(fresh, s, sAt + 8 * sStep, lanes);
        FloatVector c9 = start(fresh, s, sAt + 9 * sStep, lanes);
        FloatVector ca = start(fresh, s, sAt + 10 * sStep, lanes);
        FloatVector cb = start(fresh, s, sAt + 11 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * aStep]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * aStep + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * aStep + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * aStep + 3]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + k * aStep + 4]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + k * aStep + 5]).fma(w, c5);
            c6 = FloatVector.broadcast(S, a[aAt + k * aStep + 6]).fma(w, c6);
            c7 = FloatVector.broadcast(S, a[aAt + k * aStep + 7]).fma(w, c7);
            VarHandle.loadLoadFence();
            c8 = FloatVector.broadcast(S, a[aAt + k * aStep + 8]).fma(w, c8);
            c9 = FloatVector.broadcast(S, a[aAt + k * aStep + 9]).fma(w, c9);
            ca = FloatVector.broadcast(S, a[aAt + k * aStep + 10]).fma(w, ca);
            cb = FloatVector.broadcast(S, a[aAt + k * aStep + 11]).fma(w, cb);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
        c4.intoArray(c, cAt + 4 * cStep, lanes);
        c5.intoArray(c, cAt + 5 * cStep, lanes);
        c6.intoArray(c, cAt + 6 * cStep, lanes);
        c7.intoArray(c, cAt + 7 * cStep, lanes);
        c8.intoArray(c, cAt + 8 * cStep, lanes);
        c9.intoArray(c, cAt + 9 * cStep, lanes);
        ca.intoArray(c, cAt + 10 * cStep, lanes);
        cb.intoArray(c, cAt + 11 * cStep, lanes);
    }

    private static void columns6(
            int depth,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep, lanes);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * aStep]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * aStep + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * aStep + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * aStep + 3]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + k * aStep + 4]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + k * aStep + 5]).fma(w, c5);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
        c4.intoArray(c, cAt + 4 * cStep, lanes);
        c5.intoArray(c, cAt + 5 * cStep, lanes);
    }

    private static void columns4(
            int depth,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int width,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector c0 = start(fresh, s, sAt, lanes);
        FloatVector c1 = start(fresh, s, sAt + sStep, lanes);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep, lanes);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep, lanes);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * aStep]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * aStep + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * aStep + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * aStep + 3]).fma(w, c3);
        }
        c0.intoArray(c, cAt, lanes);
        c1.intoArray(c, cAt + cStep, lanes);
        c2.intoArray(c, cAt + 2 * cStep, lanes);
        c3.intoArray(c, cAt + 3 * cStep, lanes);
    }
}
