package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;
import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;
import static dev.unroll.vector.Tile.start;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * The same as {@link Tile} where the numbers of a row of a lie together: they need only be copied,
 * not turned, to be as far apart as the compiler knows. With rows at a distance it does not know,
 * where they lie, the loop ran at 74 GFLOP/s instead of 114.
 */
final class RowTile {
    /** Distance between rows of a. */
    static final int STEP = Scratch.DEPTH;

    private RowTile() {}

    /**
     * c = a·b or c = s + a·b.
     *
     * @param height rows, as {@link Tile#height} gives it
     * @param depth size of the inner dimension
     * @param a [height, depth], rows STEP apart
     * @param b [depth, COLUMNS], packed
     * @param s [height, COLUMNS], what the sums start at; may be c
     * @param sStep distance between rows of s; 0 repeats one
     * @param c [height, COLUMNS]
     * @param cStep distance between rows of c
     * @param fresh whether the sums start at 0
     */
    static void run(
            int height,
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
        switch (height) {
            case 12 -> rows12(depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            case 8 -> rows8(depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            case 6 -> rows6(depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            default -> rows4(depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
        }
    }

    /** 24 sums: fills 32 registers. */
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
        FloatVector c00 = start(fresh, s, sAt);
        FloatVector c01 = start(fresh, s, sAt + L);
        FloatVector c10 = start(fresh, s, sAt + sStep);
        FloatVector c11 = start(fresh, s, sAt + sStep + L);
        FloatVector c20 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c21 = start(fresh, s, sAt + 2 * sStep + L);
        FloatVector c30 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c31 = start(fresh, s, sAt + 3 * sStep + L);
        FloatVector c40 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c41 = start(fresh, s, sAt + 4 * sStep + L);
        FloatVector c50 = start(fresh, s, sAt + 5 * sStep);
        FloatVector c51 = start(fresh, s, sAt + 5 * sStep + L);
        FloatVector c60 = start(fresh, s, sAt + 6 * sStep);
        FloatVector c61 = start(fresh, s, sAt + 6 * sStep + L);
        FloatVector c70 = start(fresh, s, sAt + 7 * sStep);
        FloatVector c71 = start(fresh, s, sAt + 7 * sStep + L);
        FloatVector c80 = start(fresh, s, sAt + 8 * sStep);
        FloatVector c81 = start(fresh, s, sAt + 8 * sStep + L);
        FloatVector c90 = start(fresh, s, sAt + 9 * sStep);
        FloatVector c91 = start(fresh, s, sAt + 9 * sStep + L);
        FloatVector ca0 = start(fresh, s, sAt + 10 * sStep);
        FloatVector ca1 = start(fresh, s, sAt + 10 * sStep + L);
        FloatVector cb0 = start(fresh, s, sAt + 11 * sStep);
        FloatVector cb1 = start(fresh, s, sAt + 11 * sStep + L);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(S, b, bAt + k * COLUMNS + L);
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + STEP + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 4 * STEP + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 5 * STEP + k]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 6 * STEP + k]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 7 * STEP + k]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 8 * STEP + k]);
            c80 = x.fma(b0, c80);
            c81 = x.fma(b1, c81);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 9 * STEP + k]);
            c90 = x.fma(b0, c90);
            c91 = x.fma(b1, c91);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 10 * STEP + k]);
            ca0 = x.fma(b0, ca0);
            ca1 = x.fma(b1, ca1);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 11 * STEP + k]);
            cb0 = x.fma(b0, cb0);
            cb1 = x.fma(b1, cb1);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + L);
        c10.intoArray(c, cAt + cStep);
        c11.intoArray(c, cAt + cStep + L);
        c20.intoArray(c, cAt + 2 * cStep);
        c21.intoArray(c, cAt + 2 * cStep + L);
        c30.intoArray(c, cAt + 3 * cStep);
        c31.intoArray(c, cAt + 3 * cStep + L);
        c40.intoArray(c, cAt + 4 * cStep);
        c41.intoArray(c, cAt + 4 * cStep + L);
        c50.intoArray(c, cAt + 5 * cStep);
        c51.intoArray(c, cAt + 5 * cStep + L);
        c60.intoArray(c, cAt + 6 * cStep);
        c61.intoArray(c, cAt + 6 * cStep + L);
        c70.intoArray(c, cAt + 7 * cStep);
        c71.intoArray(c, cAt + 7 * cStep + L);
        c80.intoArray(c, cAt + 8 * cStep);
        c81.intoArray(c, cAt + 8 * cStep + L);
        c90.intoArray(c, cAt + 9 * cStep);
        c91.intoArray(c, cAt + 9 * cStep + L);
        ca0.intoArray(c, cAt + 10 * cStep);
        ca1.intoArray(c, cAt + 10 * cStep + L);
        cb0.intoArray(c, cAt + 11 * cStep);
        cb1.intoArray(c, cAt + 11 * cStep + L);
    }

    /** 16 sums. */
    private static void rows8(
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
        FloatVector c00 = start(fresh, s, sAt);
        FloatVector c01 = start(fresh, s, sAt + L);
        FloatVector c10 = start(fresh, s, sAt + sStep);
        FloatVector c11 = start(fresh, s, sAt + sStep + L);
        FloatVector c20 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c21 = start(fresh, s, sAt + 2 * sStep + L);
        FloatVector c30 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c31 = start(fresh, s, sAt + 3 * sStep + L);
        FloatVector c40 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c41 = start(fresh, s, sAt + 4 * sStep + L);
        FloatVector c50 = start(fresh, s, sAt + 5 * sStep);
        FloatVector c51 = start(fresh, s, sAt + 5 * sStep + L);
        FloatVector c60 = start(fresh, s, sAt + 6 * sStep);
        FloatVector c61 = start(fresh, s, sAt + 6 * sStep + L);
        FloatVector c70 = start(fresh, s, sAt + 7 * sStep);
        FloatVector c71 = start(fresh, s, sAt + 7 * sStep + L);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(S, b, bAt + k * COLUMNS + L);
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + STEP + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 4 * STEP + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 5 * STEP + k]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 6 * STEP + k]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 7 * STEP + k]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + L);
        c10.intoArray(c, cAt + cStep);
        c11.intoArray(c, cAt + cStep + L);
        c20.intoArray(c, cAt + 2 * cStep);
        c21.intoArray(c, cAt + 2 * cStep + L);
        c30.intoArray(c, cAt + 3 * cStep);
        c31.intoArray(c, cAt + 3 * cStep + L);
        c40.intoArray(c, cAt + 4 * cStep);
        c41.intoArray(c, cAt + 4 * cStep + L);
        c50.intoArray(c, cAt + 5 * cStep);
        c51.intoArray(c, cAt + 5 * cStep + L);
        c60.intoArray(c, cAt + 6 * cStep);
        c61.intoArray(c, cAt + 6 * cStep + L);
        c70.intoArray(c, cAt + 7 * cStep);
        c71.intoArray(c, cAt + 7 * cStep + L);
    }

    /** 12 sums: fills 16 registers. */
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
        FloatVector c00 = start(fresh, s, sAt);
        FloatVector c01 = start(fresh, s, sAt + L);
        FloatVector c10 = start(fresh, s, sAt + sStep);
        FloatVector c11 = start(fresh, s, sAt + sStep + L);
        FloatVector c20 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c21 = start(fresh, s, sAt + 2 * sStep + L);
        FloatVector c30 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c31 = start(fresh, s, sAt + 3 * sStep + L);
        FloatVector c40 = start(fresh, s, sAt + 4 * sStep);
        FloatVector c41 = start(fresh, s, sAt + 4 * sStep + L);
        FloatVector c50 = start(fresh, s, sAt + 5 * sStep);
        FloatVector c51 = start(fresh, s, sAt + 5 * sStep + L);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(S, b, bAt + k * COLUMNS + L);
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + STEP + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 4 * STEP + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 5 * STEP + k]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + L);
        c10.intoArray(c, cAt + cStep);
        c11.intoArray(c, cAt + cStep + L);
        c20.intoArray(c, cAt + 2 * cStep);
        c21.intoArray(c, cAt + 2 * cStep + L);
        c30.intoArray(c, cAt + 3 * cStep);
        c31.intoArray(c, cAt + 3 * cStep + L);
        c40.intoArray(c, cAt + 4 * cStep);
        c41.intoArray(c, cAt + 4 * cStep + L);
        c50.intoArray(c, cAt + 5 * cStep);
        c51.intoArray(c, cAt + 5 * cStep + L);
    }

    /** 8 sums: the fewest that keep two multipliers busy. */
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
        FloatVector c00 = start(fresh, s, sAt);
        FloatVector c01 = start(fresh, s, sAt + L);
        FloatVector c10 = start(fresh, s, sAt + sStep);
        FloatVector c11 = start(fresh, s, sAt + sStep + L);
        FloatVector c20 = start(fresh, s, sAt + 2 * sStep);
        FloatVector c21 = start(fresh, s, sAt + 2 * sStep + L);
        FloatVector c30 = start(fresh, s, sAt + 3 * sStep);
        FloatVector c31 = start(fresh, s, sAt + 3 * sStep + L);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(S, b, bAt + k * COLUMNS + L);
            FloatVector x = FloatVector.broadcast(S, a[aAt + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + STEP + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 2 * STEP + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + 3 * STEP + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + L);
        c10.intoArray(c, cAt + cStep);
        c11.intoArray(c, cAt + cStep + L);
        c20.intoArray(c, cAt + 2 * cStep);
        c21.intoArray(c, cAt + 2 * cStep + L);
        c30.intoArray(c, cAt + 3 * cStep);
        c31.intoArray(c, cAt + 3 * cStep + L);
    }
}
