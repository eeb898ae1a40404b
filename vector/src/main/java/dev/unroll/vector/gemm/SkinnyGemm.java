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

    /** Rows [top, bottom) and columns [left, right) of c = a·b, c += a·b or c = a·b + bias. */
    static void rectangle(
            Matrix a,
            Matrix b,
            Matrix c,
            @Nullable Matrix start,
            int top,
            int bottom,
            int left,
            int right) {
        int rows = bottom - top;
        int wide = NEAR / rows / L * L;
        int whole = right - (right - left) % L;
        for (int j = left; j < whole; j += wide) {
            int width = Math.min(wide, whole - j);
            columns(a, b, c, start, top, bottom, j, width);
        }
        if (whole < right) {
            VectorMask<Float> lanes = S.indexInRange(whole, right);
            int i = top;
            for (; i <= bottom - 4; i += 4) {
                fourTails(a, i, b, whole, c, start, lanes);
            }
            for (; i < bottom; i++) {
                tail(a, i, b, whole, c, start, lanes);
            }
        }
    }

    /** Sums in memory of this thread's own: threads must not write to one line of a cache. */
    private static void columns(
            Matrix a,
            Matrix b,
            Matrix c,
            @Nullable Matrix start,
            int top,
            int bottom,
            int left,
            int width) {
        float[] own = GemmScratch.own().thin;
        int rows = bottom - top;
        Matrix sums = new Matrix(own, 0, rows, width, width + L, 1);
        for (int i = 0; i < rows; i++) {
            int to = sums.index(i, 0);
            if (start == null) {
                Arrays.fill(own, to, to + width, 0);
            } else {
                System.arraycopy(start.data(), start.index(top + i, left), own, to, width);
            }
        }
        Matrix some = a.rows(top, rows);
        add(some, b, left, sums);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(own, sums.index(i, 0), c.data(), c.index(top + i, left), width);
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
                oneByOne(a, i, k, b, left, c);
            }
        }
    }

    private static void oneByOne(Matrix left, int i, int k, Matrix right, int j0, Matrix result) {
        float[] a = left.data();
        int aAt = left.index(i, k);
        FloatVector x = FloatVector.broadcast(S, a[aAt]);
        int from = right.index(k, j0);
        int to = result.index(i, 0);
        for (int j = 0; j < result.columns(); j += L) {
            FloatVector sum = FloatVector.fromArray(S, result.data(), to + j);
            x.fma(FloatVector.fromArray(S, right.data(), from + j), sum)
                    .intoArray(result.data(), to + j);
        }
    }

    /** Four rows of the columns right of the last whole vector. */
    private static void fourTails(
            Matrix left,
            int i,
            Matrix right,
            int j,
            Matrix result,
            @Nullable Matrix start,
            VectorMask<Float> lanes) {
        float[] c = result.data();
        int c0 = result.index(i, j);
        int c1 = result.index(i + 1, j);
        int c2 = result.index(i + 2, j);
        int c3 = result.index(i + 3, j);
        FloatVector y0 = start(start, i, j, lanes);
        FloatVector y1 = start(start, i + 1, j, lanes);
        FloatVector y2 = start(start, i + 2, j, lanes);
        FloatVector y3 = start(start, i + 3, j, lanes);
        float[] a = left.data();
        int row = left.rowStep();
        int at = left.index(i, 0);
        int from = right.index(0, j);
        for (int k = 0; k < right.rows(); k++) {
            FloatVector x = FloatVector.fromArray(S, right.data(), from, lanes);
            y0 = FloatVector.broadcast(S, a[at]).fma(x, y0);
            y1 = FloatVector.broadcast(S, a[at + row]).fma(x, y1);
            y2 = FloatVector.broadcast(S, a[at + 2 * row]).fma(x, y2);
            y3 = FloatVector.broadcast(S, a[at + 3 * row]).fma(x, y3);
            at += left.columnStep();
            from += right.rowStep();
        }
        y0.intoArray(c, c0, lanes);
        y1.intoArray(c, c1, lanes);
        y2.intoArray(c, c2, lanes);
        y3.intoArray(c, c3, lanes);
    }

    private static void tail(
            Matrix left,
            int i,
            Matrix right,
            int j,
            Matrix result,
            @Nullable Matrix start,
            VectorMask<Float> lanes) {
        float[] c = result.data();
        FloatVector y = start(start, i, j, lanes);
        for (int k = 0; k < right.rows(); k++) {
            FloatVector x = FloatVector.fromArray(S, right.data(), right.index(k, j), lanes);
            y = FloatVector.broadcast(S, left.data()[left.index(i, k)]).fma(x, y);
        }
        y.intoArray(c, result.index(i, j), lanes);
    }

    private static FloatVector start(@Nullable Matrix from, int i, int j, VectorMask<Float> lanes) {
        return from == null
                ? FloatVector.zero(S)
                : FloatVector.fromArray(S, from.data(), from.index(i, j), lanes);
    }
}
