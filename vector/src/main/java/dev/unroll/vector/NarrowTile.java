package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;
import static dev.unroll.vector.Tile.S;
import static dev.unroll.vector.Tile.start;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile} and {@link RowTile} where c is no wider than one vector: half the work of a whole
 * tile. Each element is the same chain of fused steps. Without masks: with them the compiler did
 * not inline all of a kernel, and made an object of every vector.
 */
final class NarrowTile {
    private static final int STEP = RowTile.STEP;

    private NarrowTile() {}

    /**
     * c = a·b or c = s + a·b.
     *
     * @param height rows, as {@link Tile#height} gives it
     * @param inColumns whether a is [depth, height] as for {@link Tile}, else rows as for {@link
     *     RowTile}
     * @param b [depth, COLUMNS], packed
     * @param s [height, a vector], what the sums start at; may be c
     * @param c [height, a vector]
     * @param fresh whether the sums start at 0
     */
    static void run(
            int height,
            boolean inColumns,
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        int step = height == 12 ? 12 : height == 6 ? 6 : 4;
        for (int i = 0; i < height; i += step) {
            int sFrom = sAt + i * sStep;
            int cFrom = cAt + i * cStep;
            if (inColumns) {
                int at = aAt + i;
                switch (height) {
                    case 12 ->
                            columns12(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    case 6 ->
                            columns6(depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    default ->
                            columns4(
                                    depth, a, at, height, b, bAt, s, sFrom, sStep, c, cFrom, cStep,
                                    fresh);
                }
            } else {
                int at = aAt + i * STEP;
                switch (step) {
                    case 12 ->
                            rows12(depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    case 6 -> rows6(depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    default -> rows4(depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                }
            }
        }
    }

    private static void rows12(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep);
        FloatVector c6 = start(fresh, s, sAt + 6 * sStep);
        FloatVector c7 = start(fresh, s, sAt + 7 * sStep);
        FloatVector c8 = start(fresh, s, sAt + 8 * sStep);
        FloatVector c9 = start(fresh, s, sAt + 9 * sStep);
        FloatVector ca = start(fresh, s, sAt + 10 * sStep);
        FloatVector cb = start(fresh, s, sAt + 11 * sStep);
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
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
        c4.intoArray(c, cAt + 4 * cStep);
        c5.intoArray(c, cAt + 5 * cStep);
        c6.intoArray(c, cAt + 6 * cStep);
        c7.intoArray(c, cAt + 7 * cStep);
        c8.intoArray(c, cAt + 8 * cStep);
        c9.intoArray(c, cAt + 9 * cStep);
        ca.intoArray(c, cAt + 10 * cStep);
        cb.intoArray(c, cAt + 11 * cStep);
    }

    private static void rows6(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep);
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
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
        c4.intoArray(c, cAt + 4 * cStep);
        c5.intoArray(c, cAt + 5 * cStep);
    }

    private static void rows4(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + STEP + k]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]).fma(w, c3);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
    }

    private static void columns12(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep);
        FloatVector c6 = start(fresh, s, sAt + 6 * sStep);
        FloatVector c7 = start(fresh, s, sAt + 7 * sStep);
        FloatVector c8 = start(fresh, s, sAt + 8 * sStep);
        FloatVector c9 = start(fresh, s, sAt + 9 * sStep);
        FloatVector ca = start(fresh, s, sAt + 10 * sStep);
        FloatVector cb = start(fresh, s, sAt + 11 * sStep);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * 12]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * 12 + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * 12 + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * 12 + 3]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + k * 12 + 4]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + k * 12 + 5]).fma(w, c5);
            c6 = FloatVector.broadcast(S, a[aAt + k * 12 + 6]).fma(w, c6);
            c7 = FloatVector.broadcast(S, a[aAt + k * 12 + 7]).fma(w, c7);
            VarHandle.loadLoadFence();
            c8 = FloatVector.broadcast(S, a[aAt + k * 12 + 8]).fma(w, c8);
            c9 = FloatVector.broadcast(S, a[aAt + k * 12 + 9]).fma(w, c9);
            ca = FloatVector.broadcast(S, a[aAt + k * 12 + 10]).fma(w, ca);
            cb = FloatVector.broadcast(S, a[aAt + k * 12 + 11]).fma(w, cb);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
        c4.intoArray(c, cAt + 4 * cStep);
        c5.intoArray(c, cAt + 5 * cStep);
        c6.intoArray(c, cAt + 6 * cStep);
        c7.intoArray(c, cAt + 7 * cStep);
        c8.intoArray(c, cAt + 8 * cStep);
        c9.intoArray(c, cAt + 9 * cStep);
        ca.intoArray(c, cAt + 10 * cStep);
        cb.intoArray(c, cAt + 11 * cStep);
    }

    private static void columns6(
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c4 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c5 = start(fresh, s, sAt + 5 * sStep);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * 6]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * 6 + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * 6 + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * 6 + 3]).fma(w, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(S, a[aAt + k * 6 + 4]).fma(w, c4);
            c5 = FloatVector.broadcast(S, a[aAt + k * 6 + 5]).fma(w, c5);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
        c4.intoArray(c, cAt + 4 * cStep);
        c5.intoArray(c, cAt + 5 * cStep);
    }

    private static void columns4(
            int depth,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        FloatVector c0 = start(fresh, s, sAt);
        FloatVector c1 = start(fresh, s, sAt + sStep);
        FloatVector c2 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c3 = start(fresh, s, sAt + 3 * sStep);
        for (int k = 0; k < depth; k++) {
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(S, a[aAt + k * aStep]).fma(w, c0);
            c1 = FloatVector.broadcast(S, a[aAt + k * aStep + 1]).fma(w, c1);
            c2 = FloatVector.broadcast(S, a[aAt + k * aStep + 2]).fma(w, c2);
            c3 = FloatVector.broadcast(S, a[aAt + k * aStep + 3]).fma(w, c3);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStep);
        c2.intoArray(c, cAt + 2 * cStep);
        c3.intoArray(c, cAt + 3 * cStep);
    }
}
