package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.StridedCopy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products in loops of plain floats, for a process in which the compiler has not seen the loops of
 * vectors yet: it makes vectors of the innermost loop by itself, and soon. Each element is the same
 * chain of fused multiply-adds as in {@link MicroKernel}. 2·m·n·depth FLOPs; b is read once for
 * every row of a.
 */
public final class PlainGemm {
    private static final int STEPS = 4;

    private PlainGemm() {}

    /**
     * c = a·b, c += a·b or c = a·b + bias.
     *
     * @param a of any strides
     * @param b of any strides
     * @param c of any strides
     * @param start what the sums start at: c itself, or a bias; null: 0
     */
    static void multiply(Matrix a, Matrix b, Matrix c, @Nullable Matrix start) {
        if (c.columnStep() != 1 && c.rowStep() == 1) {
            Matrix from = start == null ? null : start.transposed();
            multiply(b.transposed(), a.transposed(), c.transposed(), from);
            return;
        }
        Matrix right = b.columnStep() == 1 ? b : inRows(b);
        if (c.columnStep() != 1) {
            Matrix sums = inRows(c);
            begin(sums, start);
            add(a, right, sums);
            copy(sums, c);
            return;
        }
        begin(c, start);
        add(a, right, c);
    }

    /** What the sums of c start at. */
    private static void begin(Matrix c, @Nullable Matrix start) {
        if (start == null) {
            for (int i = 0; i < c.rows(); i++) {
                Arrays.fill(c.data(), c.index(i, 0), c.index(i, 0) + c.columns(), 0);
            }
        } else if (!start.equals(c)) {
            copy(start, c);
        }
    }

    /** A copy whose rows are contiguous. */
    private static Matrix inRows(Matrix x) {
        float[] data = new float[x.rows() * x.columns()];
        Matrix copy = new Matrix(data, 0, x.rows(), x.columns(), x.columns(), 1);
        copy(x, copy);
        return copy;
    }

    private static void copy(Matrix x, Matrix y) {
        for (int i = 0; i < x.rows(); i++) {
            int from = x.index(i, 0);
            int to = y.index(i, 0);
            int step = y.columnStep();
            StridedCopy.copy(x.data(), from, x.columnStep(), y.data(), to, step, x.columns());
        }
    }

    /**
     * c += a·b.
     *
     * @param a of any strides
     * @param b whose rows are contiguous
     * @param c whose rows are contiguous
     */
    private static void add(Matrix a, Matrix b, Matrix c) {
        add(a, b.data(), b.at(), b.rowStep(), c);
    }

    /** c += a·b, b as it was packed, for the columns [left, right) of both. */
    public static void add(Matrix a, Panels b, Matrix c, int left, int right) {
        for (int j = left; j < right; j += COLUMNS) {
            Matrix some = c.part(0, c.rows(), j, Math.min(COLUMNS, right - j));
            add(a, b.data(), b.index(0, j), COLUMNS, some);
        }
    }

    private static void add(Matrix a, float[] b, int bAt, int bRow, Matrix c) {
        float[] x = a.data();
        float[] y = c.data();
        int step = a.columnStep();
        int n = c.columns();
        int k = 0;
        for (; k <= a.columns() - STEPS; k += STEPS) {
            int from = bAt + k * bRow;
            for (int i = 0; i < a.rows(); i++) {
                int at = a.index(i, k);
                float x0 = x[at];
                float x1 = x[at + step];
                float x2 = x[at + 2 * step];
                float x3 = x[at + 3 * step];
                four(x0, x1, x2, x3, b, from, bRow, y, c.index(i, 0), n);
            }
        }
        for (; k < a.columns(); k++) {
            for (int i = 0; i < a.rows(); i++) {
                one(x[a.index(i, k)], b, bAt + k * bRow, y, c.index(i, 0), n);
            }
        }
    }

    /** c += four numbers of a by four rows of b. */
    private static void four(
            float x0,
            float x1,
            float x2,
            float x3,
            float[] b,
            int from,
            int step,
            float[] c,
            int to,
            int n) {
        int second = from + step;
        int third = second + step;
        int fourth = third + step;
        for (int j = 0; j < n; j++) {
            float sum = Math.fma(x0, b[from + j], c[to + j]);
            sum = Math.fma(x1, b[second + j], sum);
            sum = Math.fma(x2, b[third + j], sum);
            c[to + j] = Math.fma(x3, b[fourth + j], sum);
        }
    }

    private static void one(float x, float[] b, int from, float[] c, int to, int n) {
        for (int j = 0; j < n; j++) {
            c[to + j] = Math.fma(x, b[from + j], c[to + j]);
        }
    }
}
