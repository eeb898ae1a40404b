package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.StridedCopy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products in loops of plain floats, for a process in which the compiler has not seen the loops of
 * vectors yet: it makes vectors of the innermost loop by itself, and soon. Each element is the same
 * chain of fused multiply-adds as in {@link MicroKernel}. 2·m·n·depth FLOPs; b is copied once, in
 * strips each of which serves all rows of a, unless a has few rows.
 */
public final class PlainGemm {
    private static final int STEPS = 4;

    /** Rows of sums that one loop computes: what is read of b serves all of them. */
    private static final int ROWS = 4;

    /** Floats in a cache line. */
    private static final int LINE = 16;

    /** Floats that the header of an array takes. */
    private static final int HEADER = 4;

    /** Fewer rows than these pay no copy of what they meet. */
    private static final int FEW_ROWS = 4;

    /** Columns of a strip of b: a compiler's own vectors need long rows. */
    private static final int STRIP = 512;

    /** Rows of a strip, which stays in the first cache: a multiple of {@link #STEPS}. */
    private static final int STRIP_ROWS = 16;

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
        add(a, new Right(b.data(), b.at(), b.rowStep(), b.columns(), 0), c);
    }

    /** c += a·b, b as it was packed, for the columns [left, right) of both. */
    public static void add(Matrix a, Panels b, Matrix c, int left, int right) {
        int panel = b.rows() * COLUMNS;
        Right some = new Right(b.data(), b.index(0, left), COLUMNS, COLUMNS, panel);
        add(a, some, c.part(0, c.rows(), left, right - left));
    }

    /**
     * A right operand in pieces of columns.
     *
     * @param at of the first piece's first number
     * @param rowStep distance between the rows of a piece
     * @param width columns of a piece, which lie together
     * @param pieceStep distance between the pieces
     */
    @SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
    private record Right(float[] data, int at, int rowStep, int width, int pieceStep) {

        /** Copies some columns of a row. */
        void copy(int row, int column, int columns, float[] to) {
            for (int j = 0; j < columns; ) {
                int inside = (column + j) % width;
                int count = Math.min(columns - j, width - inside);
                int from = at + (column + j) / width * pieceStep + row * rowStep + inside;
                System.arraycopy(data, from, to, j, count);
                j += count;
            }
        }
    }

    private static void add(Matrix a, Right b, Matrix c) {
        if (a.rows() < FEW_ROWS) {
            addFew(a, b, c);
            return;
        }
        int width = Math.min(STRIP, c.columns());
        float[][] strip = rows(Math.min(STRIP_ROWS, a.columns()), width);
        float[][] sums = rows(ROWS, width);
        for (int j = 0; j < c.columns(); j += STRIP) {
            int n = Math.min(STRIP, c.columns() - j);
            for (int k = 0; k < a.columns(); k += STRIP_ROWS) {
                int depth = Math.min(STRIP_ROWS, a.columns() - k);
                for (int s = 0; s < depth; s++) {
                    b.copy(k + s, j, n, strip[s]);
                }
                for (int i = 0; i < a.rows(); i += ROWS) {
                    int rows = Math.min(ROWS, a.rows() - i);
                    for (int r = 0; r < rows; r++) {
                        System.arraycopy(c.data(), c.index(i + r, j), sums[r], 0, n);
                    }
                    add(a, i, rows, k, depth, strip, sums, n);
                    for (int r = 0; r < rows; r++) {
                        System.arraycopy(sums[r], 0, c.data(), c.index(i + r, j), n);
                    }
                }
            }
        }
    }

    /**
     * Rows in arrays of their own, made one after another so that they normally begin at the same
     * place of a cache line.
     */
    private static float[][] rows(int count, int width) {
        float[][] rows = new float[count][];
        for (int r = 0; r < count; r++) {
            rows[r] = new float[width + (LINE - HEADER - width % LINE + LINE) % LINE];
        }
        return rows;
    }

    /** Row by row, from where b lies. */
    private static void addFew(Matrix a, Right b, Matrix c) {
        float[] x = a.data();
        int step = a.columnStep();
        for (int j = 0; j < c.columns(); j += b.width) {
            int n = Math.min(b.width, c.columns() - j);
            int piece = b.at + j / b.width * b.pieceStep;
            for (int i = 0; i < a.rows(); i++) {
                int to = c.index(i, j);
                int k = 0;
                int at = a.index(i, 0);
                for (; k <= a.columns() - STEPS; k += STEPS, at += STEPS * step) {
                    float x0 = x[at];
                    float x1 = x[at + step];
                    float x2 = x[at + 2 * step];
                    float x3 = x[at + 3 * step];
                    four(x0, x1, x2, x3, b.data, piece + k * b.rowStep, b.rowStep, c.data(), to, n);
                }
                for (; k < a.columns(); k++, at += step) {
                    one(x[at], b.data, piece + k * b.rowStep, c.data(), to, n);
                }
            }
        }
    }

    /** c += four numbers by four rows of b. */
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

    /** sums += some numbers of a few rows of a, from column k on, by the rows of a strip. */
    private static void add(
            Matrix a, int row, int rows, int k, int depth, float[][] strip, float[][] sums, int n) {
        float[] x = a.data();
        int step = a.columnStep();
        float[] some = new float[ROWS * STEPS];
        int s = 0;
        for (; s <= depth - STEPS; s += STEPS) {
            for (int r = 0; r < rows; r++) {
                int at = a.index(row + r, k + s);
                for (int t = 0; t < STEPS; t++) {
                    some[r * STEPS + t] = x[at + t * step];
                }
            }
            four(
                    some,
                    strip[s],
                    strip[s + 1],
                    strip[s + 2],
                    strip[s + 3],
                    sums[0],
                    sums[1],
                    sums[2],
                    sums[3],
                    n);
        }
        for (; s < depth; s++) {
            for (int r = 0; r < rows; r++) {
                one(x[a.index(row + r, k + s)], strip[s], sums[r], n);
            }
        }
    }

    /**
     * Four rows of sums += four by four numbers by four rows. The compiler makes vectors of it by
     * itself because no index is more than j: with a place where each array begins, it would have
     * to know that none overlaps another. Rows of sums that nobody wants are computed all the same.
     */
    private static void four(
            float[] x,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float[] sums0,
            float[] sums1,
            float[] sums2,
            float[] sums3,
            int n) {
        float x00 = x[0];
        float x01 = x[1];
        float x02 = x[2];
        float x03 = x[3];
        float x10 = x[4];
        float x11 = x[5];
        float x12 = x[6];
        float x13 = x[7];
        float x20 = x[8];
        float x21 = x[9];
        float x22 = x[10];
        float x23 = x[11];
        float x30 = x[12];
        float x31 = x[13];
        float x32 = x[14];
        float x33 = x[15];
        for (int j = 0; j < n; j++) {
            float p0 = b0[j];
            float p1 = b1[j];
            float p2 = b2[j];
            float p3 = b3[j];
            sums0[j] =
                    Math.fma(
                            x03,
                            p3,
                            Math.fma(x02, p2, Math.fma(x01, p1, Math.fma(x00, p0, sums0[j]))));
            sums1[j] =
                    Math.fma(
                            x13,
                            p3,
                            Math.fma(x12, p2, Math.fma(x11, p1, Math.fma(x10, p0, sums1[j]))));
            sums2[j] =
                    Math.fma(
                            x23,
                            p3,
                            Math.fma(x22, p2, Math.fma(x21, p1, Math.fma(x20, p0, sums2[j]))));
            sums3[j] =
                    Math.fma(
                            x33,
                            p3,
                            Math.fma(x32, p2, Math.fma(x31, p1, Math.fma(x30, p0, sums3[j]))));
        }
    }

    private static void one(float x, float[] b, float[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(x, b[j], sums[j]);
        }
    }
}
