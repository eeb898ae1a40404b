package dev.unroll.vector.gemm;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.VectorMask;

/**
 * Products of small matrices inside one thread, straight from where they lie: c = a·b or c += a·b.
 * Eight sums stay in registers, four rows by two vectors or eight rows by one, which is what a
 * multiply-add's delay asks for; sixteen where there are 32 registers, for half the loads.
 * 2·m·n·depth FLOPs; a is read n/(2·lanes) times, b m/4 times. Every element is one chain of
 * multiply-adds in the order of the inner dimension, whichever rows are computed together.
 */
public final class SmallGemm {
    /** Sixteen sums and two vectors fit the registers. */
    private static final boolean MANY_REGISTERS = S.vectorBitSize() != 256;

    private SmallGemm() {}

    /**
     * c = a·b, or c += a·b.
     *
     * @param plain without vectors
     */
    public static void multiply(
            Matrix left, Matrix right, Matrix result, boolean more, boolean plain) {
        if (plain) {
            PlainGemm.multiply(left, right, result, more ? result : null);
        } else {
            multiply(left, right, result, more);
        }
    }

    /**
     * c = a·b, or c += a·b.
     *
     * @param left a, of any strides
     * @param right b, whose rows are contiguous
     * @param result c, whose rows are contiguous
     */
    public static void multiply(Matrix left, Matrix right, Matrix result, boolean more) {
        int m = result.rows();
        int n = result.columns();
        int depth = left.columns();
        float[] a = left.data();
        int aAt = left.at();
        int aRow = left.rowStep();
        int aColumn = left.columnStep();
        float[] b = right.data();
        int bAt = right.at();
        int bRow = right.rowStep();
        float[] c = result.data();
        int cAt = result.at();
        int cRow = result.rowStep();
        int j = 0;
        for (; j + 2 * L <= n; j += 2 * L) {
            int i = 0;
            for (; MANY_REGISTERS && i + 8 <= m; i += 8) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.eightByTwo(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
            for (; i + 4 <= m; i += 4) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.fourByTwo(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
            for (; i < m; i++) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.oneByOne(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
                RegisterBlocks.oneByOne(
                        depth, a, from, aRow, aColumn, b, bAt + j + L, bRow, c, to + L, cRow, more);
            }
        }
        for (; j + L <= n; j += L) {
            int i = 0;
            for (; i + 8 <= m; i += 8) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.eightByOne(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
            for (; i < m; i++) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.oneByOne(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more);
            }
        }
        if (j < n) {
            VectorMask<Float> lanes = S.indexInRange(j, n);
            for (int i = 0; i < m; i++) {
                int from = aAt + i * aRow;
                int to = cAt + i * cRow + j;
                RegisterBlocks.oneByRest(
                        depth, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, more, lanes);
            }
        }
    }
}
