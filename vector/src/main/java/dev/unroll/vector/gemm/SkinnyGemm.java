package dev.unroll.vector.gemm;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * A few rows times a matrix whose rows lie whole in memory. Reading the matrix is most of the work,
 * so it is read where it is: some of its rows at a time, from left to right, while the rows of c
 * stay in the nearest cache. Every element is the same chain of fused steps as in {@link
 * MicroKernel}.
 *
 * <p>Costs 2·rows·k·n operations and reads 4·k·n bytes once. A step of four rows of c and four of b
 * loads eight vectors and stores four for sixteen fused operations; packing b first would load and
 * store every number of it once more, which pays only from some {@link #ROWS} rows on.
 */
final class SkinnyGemm {
    /** Rows for which this beats packing. */
    static final int ROWS = 16;

    /** Sums that stay in the nearest cache beside rows of b: 12 KiB of 32. */
    private static final int NEAR = 3072;

    /** Floats of memory that a thread needs. */
    static final int SIZE = NEAR + ROWS * L;

    private SkinnyGemm() {}

    /** Columns [left, right) of c = a·b, c += a·b or c = a·b + bias. */
    static void rectangle(
            Matrix a, Matrix b, Matrix c, @Nullable Matrix start, int left, int right) {
        int rows = c.rows();
        int wide = NEAR / rows / L * L;
        int whole = right - (right - left) % L;
        for (int j = left; j < whole; j += wide) {
            columns(a, b, c, start, j, Math.min(wide, whole - j));
        }
        if (whole < right) {
            VectorMask<Float> lanes = S.indexInRange(whole, right);
            int i = 0;
            for (; i <= rows - 4; i += 4) {
                RegisterBlocks.fourRests(a, i, b, whole, c, start, lanes);
            }
            for (; i < rows; i++) {
                RegisterBlocks.oneRest(a, i, b, whole, c, start, lanes);
            }
        }
    }

    /** Sums in memory of this thread's own: threads must not write to one line of a cache. */
    private static void columns(
            Matrix a, Matrix b, Matrix c, @Nullable Matrix start, int left, int width) {
        float[] own = GemmScratch.own().thin;
        int rows = c.rows();
        Matrix sums = new Matrix(own, 0, rows, width, width + L, 1);
        for (int i = 0; i < rows; i++) {
            int to = sums.index(i, 0);
            if (start == null) {
                Arrays.fill(own, to, to + width, 0);
            } else {
                System.arraycopy(start.data(), start.index(i, left), own, to, width);
            }
        }
        add(a, b, left, sums);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(own, sums.index(i, 0), c.data(), c.index(i, left), width);
        }
    }

    /** c += a·b for as many columns of b as c has. */
    private static void add(Matrix a, Matrix b, int left, Matrix c) {
        int rows = c.rows();
        int k = 0;
        if (rows == 1) {
            for (; k <= b.rows() - 8; k += 8) {
                RegisterBlocks.oneByEight(a, 0, k, b, left, c);
            }
        }
        for (; k <= b.rows() - 4; k += 4) {
            int i = 0;
            for (; i <= rows - 4; i += 4) {
                RegisterBlocks.fourByFour(a, i, k, b, left, c);
            }
            if (i <= rows - 2) {
                RegisterBlocks.twoByFour(a, i, k, b, left, c);
                i += 2;
            }
            if (i < rows) {
                RegisterBlocks.oneByFour(a, i, k, b, left, c);
            }
        }
        for (; k < b.rows(); k++) {
            for (int i = 0; i < rows; i++) {
                RegisterBlocks.stepByOne(a, i, k, b, left, c);
            }
        }
    }

    /** What some lanes of a row of c start at. */
    static FloatVector start(@Nullable Matrix from, int i, int j, VectorMask<Float> lanes) {
        return from == null
                ? FloatVector.zero(S)
                : FloatVector.fromArray(S, from.data(), from.index(i, j), lanes);
    }
}
