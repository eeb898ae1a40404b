package dev.unroll.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of every matrix product: a few rows of c by two vectors of columns, held in
 * registers while the inner dimension passes by.
 *
 * <p>Each element of c is one chain of fused multiply-adds in the order of the inner dimension, in
 * every tile and at every edge, so no split of the work, by rows, columns, depth or threads, can
 * change a bit of the result.
 *
 * <p>The load fences cost no instruction on x86. They keep the compiler from loading all numbers of
 * a first and then running out of registers: with 256-bit vectors 6 rows are twice as fast with
 * them. docs/kernels.md has the figures.
 */
final class Tile {
    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Lanes of a vector. */
    static final int L = S.length();

    /** Columns of a tile. */
    static final int COLUMNS = 2 * L;

    /** Rows of the highest tile: 256-bit machines have 16 registers, the others 32. */
    static final int ROWS = S.vectorBitSize() == 256 ? 6 : 12;

    private Tile() {}

    /** The height of the tile to use next when so many rows are left; may be more than are left. */
    static int height(int left) {
        if (ROWS == 6) {
            return left > 8 || left == 6 || left == 5 ? 6 : 4; // 7 and 8 are two of 4
        }
        return left > 8 ? 12 : left > 4 ? 8 : 4;
    }

    /**
     * c = a·b or c = s + a·b.
     *
     * @param height rows, as {@link #height} gives it
     * @param depth size of the inner dimension
     * @param a [depth, height], packed
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

    /** A row of sums to begin with. */
    static FloatVector start(boolean fresh, float[] s, int at) {
        return fresh ? FloatVector.zero(S) : FloatVector.fromArray(S, s, at);
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
            FloatVector x = FloatVector.broadcast(S, a[aAt + k * 12]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 7]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 8]);
            c80 = x.fma(b0, c80);
            c81 = x.fma(b1, c81);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 9]);
            c90 = x.fma(b0, c90);
            c91 = x.fma(b1, c91);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 10]);
            ca0 = x.fma(b0, ca0);
            ca1 = x.fma(b1, ca1);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 12 + 11]);
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
            FloatVector x = FloatVector.broadcast(S, a[aAt + k * 8]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 8 + 7]);
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
            FloatVector x = FloatVector.broadcast(S, a[aAt + k * 6]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 6 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 6 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 6 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 6 + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 6 + 5]);
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
            FloatVector x = FloatVector.broadcast(S, a[aAt + k * 4]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 4 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 4 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            VarHandle.loadLoadFence();
            x = FloatVector.broadcast(S, a[aAt + k * 4 + 3]);
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
