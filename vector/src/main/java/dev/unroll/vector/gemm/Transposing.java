package dev.unroll.vector.gemm;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import java.util.function.IntPredicate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Copies rows into columns: eight rows by a vector's width of columns at a time, in three exchanges
 * of lanes, some 0.2 ns a number in the caches; four by a vector's width takes 0.27, a scalar loop
 * 0.45.
 *
 * <p>Tried: the three exchanges in one loop of some seventy vector operations, which in some runs
 * made an object of every vector and took 4 ns a number. Eight by eight with 256-bit vectors, 0.14
 * ns, but vectors of a second width put a second class into the profile of the Vector API's
 * methods, and in some runs the sums of a {@link MicroKernel} became objects. Sixteen rows by eight
 * columns, 0.13 ns, but 0.34 where rows are 4 KiB apart and push each other out of the nearest
 * cache.
 */
public final class Transposing {
    /** Columns of eight rows turned at once, in memory of the thread's own. */
    private static final int CHUNK = 128;

    /** Floats of that memory. */
    static final int SIZE = 8 * CHUNK;

    private static final VectorMask<Float> ODD = lanes(lane -> (lane & 1) != 0);
    private static final VectorMask<Float> PAIR = lanes(lane -> (lane & 2) != 0);
    private static final VectorMask<Float> HALF = lanes(lane -> (lane & 4) != 0);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, lane -> lane ^ 1);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, lane -> lane ^ 2);
    private static final VectorShuffle<Float> BY_4 =
            VectorShuffle.fromOp(S, lane -> (lane ^ 4) % L);

    /** Lanes of the first and of the second eight columns. */
    private static final VectorMask<Float> FIRST_8 = lanes(lane -> lane / 8 == 0);

    private static final VectorMask<Float> SECOND_8 = lanes(lane -> lane / 8 == 1);

    /** Lanes of each four columns. */
    private static final VectorMask<Float> FIRST_4 = lanes(lane -> lane / 4 == 0);

    private static final VectorMask<Float> SECOND_4 = lanes(lane -> lane / 4 == 1);
    private static final VectorMask<Float> THIRD_4 = lanes(lane -> lane / 4 == 2);
    private static final VectorMask<Float> FOURTH_4 = lanes(lane -> lane / 4 == 3);

    private Transposing() {}

    private static VectorMask<Float> lanes(IntPredicate in) {
        boolean[] lanes = new boolean[L];
        for (int lane = 0; lane < L; lane++) {
            lanes[lane] = in.test(lane);
        }
        return VectorMask.fromArray(S, lanes, 0);
    }

    /**
     * Rows of a matrix become neighbouring columns of y.
     *
     * @param to place of the first column
     * @param yStep distance between rows of y
     */
    public static void rows(Matrix matrix, float[] y, int to, int yStep) {
        float[] x = matrix.data();
        int at = matrix.at();
        int rows = matrix.rows();
        int count = matrix.columns();
        int xRow = matrix.rowStep();
        int xColumn = matrix.columnStep();
        int r = 0;
        if (xColumn == 1) {
            for (; L >= 8 && r <= rows - 8; r += 8) {
                eightRows(count, x, at + r * xRow, xRow, y, to + r, yStep);
            }
            for (; r <= rows - 4; r += 4) {
                fourRows(count, x, at + r * xRow, xRow, y, to + r, yStep);
            }
        }
        for (; r < rows; r++) {
            someRows(1, 0, count, x, at + r * xRow, xRow, xColumn, y, to + r, yStep);
        }
    }

    /** The same without vectors. */
    public static void plainRows(Matrix matrix, float[] y, int to, int yStep) {
        someRows(
                matrix.rows(),
                0,
                matrix.columns(),
                matrix.data(),
                matrix.at(),
                matrix.rowStep(),
                matrix.columnStep(),
                y,
                to,
                yStep);
    }

    /** In two loops, each with less than fifty vector operations: see docs/kernels.md. */
    private static void eightRows(
            int count, float[] x, int at, int step, float[] y, int to, int yStep) {
        float[] half = GemmScratch.own().turned;
        int whole = S.loopBound(count);
        for (int k = 0; k < whole; k += CHUNK) {
            int some = Math.min(CHUNK, whole - k);
            fourByFour(some, x, at + k, step, half);
            eightByEight(some, half, y, to + k * yStep, yStep);
        }
        someRows(8, whole, count, x, at, step, 1, y, to, yStep);
    }

    /** Blocks of four by four numbers: rows CHUNK apart in y. */
    private static void fourByFour(int count, float[] x, int at, int step, float[] y) {
        for (int k = 0; k < count; k += L) {
            int from = at + k;
            FloatVector a = FloatVector.fromArray(S, x, from);
            FloatVector b = FloatVector.fromArray(S, x, from + step);
            FloatVector c = FloatVector.fromArray(S, x, from + 2 * step);
            FloatVector d = FloatVector.fromArray(S, x, from + 3 * step);
            FloatVector e = FloatVector.fromArray(S, x, from + 4 * step);
            FloatVector f = FloatVector.fromArray(S, x, from + 5 * step);
            FloatVector g = FloatVector.fromArray(S, x, from + 6 * step);
            FloatVector h = FloatVector.fromArray(S, x, from + 7 * step);
            // two by two: a0 b0 a2 b2 ... and a1 b1 a3 b3 ...
            FloatVector a1 = a.blend(b.rearrange(BY_1), ODD);
            FloatVector b1 = a.rearrange(BY_1).blend(b, ODD);
            FloatVector c1 = c.blend(d.rearrange(BY_1), ODD);
            FloatVector d1 = c.rearrange(BY_1).blend(d, ODD);
            FloatVector e1 = e.blend(f.rearrange(BY_1), ODD);
            FloatVector f1 = e.rearrange(BY_1).blend(f, ODD);
            FloatVector g1 = g.blend(h.rearrange(BY_1), ODD);
            FloatVector h1 = g.rearrange(BY_1).blend(h, ODD);
            // four by four
            a1.blend(c1.rearrange(BY_2), PAIR).intoArray(y, k);
            a1.rearrange(BY_2).blend(c1, PAIR).intoArray(y, k + 2 * CHUNK);
            b1.blend(d1.rearrange(BY_2), PAIR).intoArray(y, k + CHUNK);
            b1.rearrange(BY_2).blend(d1, PAIR).intoArray(y, k + 3 * CHUNK);
            e1.blend(g1.rearrange(BY_2), PAIR).intoArray(y, k + 4 * CHUNK);
            e1.rearrange(BY_2).blend(g1, PAIR).intoArray(y, k + 6 * CHUNK);
            f1.blend(h1.rearrange(BY_2), PAIR).intoArray(y, k + 5 * CHUNK);
            f1.rearrange(BY_2).blend(h1, PAIR).intoArray(y, k + 7 * CHUNK);
        }
    }

    private static void eightByEight(int count, float[] x, float[] y, int to, int yStep) {
        int next = 8 * (yStep - 1); // from the lanes of the first eight columns to the second
        for (int r = 0; r < 4; r += 2) {
            for (int k = 0; k < count; k += L) {
                int at = k + r * CHUNK;
                FloatVector a = FloatVector.fromArray(S, x, at);
                FloatVector b = FloatVector.fromArray(S, x, at + CHUNK);
                FloatVector c = FloatVector.fromArray(S, x, at + 4 * CHUNK);
                FloatVector d = FloatVector.fromArray(S, x, at + 5 * CHUNK);
                FloatVector a1 = a.blend(c.rearrange(BY_4), HALF);
                FloatVector b1 = b.blend(d.rearrange(BY_4), HALF);
                FloatVector c1 = a.rearrange(BY_4).blend(c, HALF);
                FloatVector d1 = b.rearrange(BY_4).blend(d, HALF);
                int row = to + (k + r) * yStep;
                if (L == 8) {
                    a1.intoArray(y, row);
                    b1.intoArray(y, row + yStep);
                    c1.intoArray(y, row + 4 * yStep);
                    d1.intoArray(y, row + 5 * yStep);
                } else {
                    a1.intoArray(y, row, FIRST_8);
                    b1.intoArray(y, row + yStep, FIRST_8);
                    c1.intoArray(y, row + 4 * yStep, FIRST_8);
                    d1.intoArray(y, row + 5 * yStep, FIRST_8);
                    row += next;
                    a1.intoArray(y, row, SECOND_8);
                    b1.intoArray(y, row + yStep, SECOND_8);
                    c1.intoArray(y, row + 4 * yStep, SECOND_8);
                    d1.intoArray(y, row + 5 * yStep, SECOND_8);
                }
            }
        }
    }

    private static void fourRows(
            int count, float[] x, int at, int step, float[] y, int to, int yStep) {
        int next = 4 * (yStep - 1);
        int k = 0;
        for (; k <= count - L; k += L) {
            int from = at + k;
            FloatVector a = FloatVector.fromArray(S, x, from);
            FloatVector b = FloatVector.fromArray(S, x, from + step);
            FloatVector c = FloatVector.fromArray(S, x, from + 2 * step);
            FloatVector d = FloatVector.fromArray(S, x, from + 3 * step);
            FloatVector a1 = a.blend(b.rearrange(BY_1), ODD);
            FloatVector b1 = a.rearrange(BY_1).blend(b, ODD);
            FloatVector c1 = c.blend(d.rearrange(BY_1), ODD);
            FloatVector d1 = c.rearrange(BY_1).blend(d, ODD);
            a = a1.blend(c1.rearrange(BY_2), PAIR);
            b = b1.blend(d1.rearrange(BY_2), PAIR);
            c = a1.rearrange(BY_2).blend(c1, PAIR);
            d = b1.rearrange(BY_2).blend(d1, PAIR);
            int row = to + k * yStep;
            a.intoArray(y, row, FIRST_4);
            b.intoArray(y, row + yStep, FIRST_4);
            c.intoArray(y, row + 2 * yStep, FIRST_4);
            d.intoArray(y, row + 3 * yStep, FIRST_4);
            if (L > 4) {
                row += next;
                a.intoArray(y, row, SECOND_4);
                b.intoArray(y, row + yStep, SECOND_4);
                c.intoArray(y, row + 2 * yStep, SECOND_4);
                d.intoArray(y, row + 3 * yStep, SECOND_4);
            }
            if (L > 8) {
                row += next;
                a.intoArray(y, row, THIRD_4);
                b.intoArray(y, row + yStep, THIRD_4);
                c.intoArray(y, row + 2 * yStep, THIRD_4);
                d.intoArray(y, row + 3 * yStep, THIRD_4);
            }
            if (L > 8) {
                row += next;
                a.intoArray(y, row, FOURTH_4);
                b.intoArray(y, row + yStep, FOURTH_4);
                c.intoArray(y, row + 2 * yStep, FOURTH_4);
                d.intoArray(y, row + 3 * yStep, FOURTH_4);
            }
        }
        someRows(4, k, count, x, at, step, 1, y, to, yStep);
    }

    /** Columns [k, count) of some rows, number by number. */
    private static void someRows(
            int rows,
            int k,
            int count,
            float[] x,
            int at,
            int xRow,
            int xColumn,
            float[] y,
            int to,
            int yStep) {
        for (int c = k; c < count; c++) {
            for (int r = 0; r < rows; r++) {
                y[to + c * yStep + r] = x[at + r * xRow + c * xColumn];
            }
        }
    }
}
