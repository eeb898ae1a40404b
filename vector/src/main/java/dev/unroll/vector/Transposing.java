package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import java.util.function.IntPredicate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Copies rows into columns, blocks of four by four numbers, a vector's width of blocks at a time:
 * 0.28 ns a number, a scalar loop 0.42.
 *
 * <p>Vectors of 128 bits do the same in 0.14 ns and are not used: the compiler then sees two
 * classes of vectors in the profile of the Vector API's own methods, and in some runs it boxed
 * every vector of {@link Tile} for it, which made whole trainings two to three times slower.
 */
final class Transposing {
    /** Rows that are copied at once. */
    static final int ROWS = 4;

    private static final VectorMask<Float> ODD = lanes(lane -> (lane & 1) != 0);
    private static final VectorMask<Float> HIGH = lanes(lane -> (lane & 2) != 0);
    private static final VectorShuffle<Float> NEIGHBOURS =
            VectorShuffle.fromOp(S, lane -> lane ^ 1);
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(S, lane -> lane ^ 2);

    /** The lanes of each block. */
    private static final VectorMask<Float> FIRST = lanes(lane -> lane / ROWS == 0);

    private static final VectorMask<Float> SECOND = lanes(lane -> lane / ROWS == 1);
    private static final VectorMask<Float> THIRD = lanes(lane -> lane / ROWS == 2);
    private static final VectorMask<Float> FOURTH = lanes(lane -> lane / ROWS == 3);

    private Transposing() {}

    private static VectorMask<Float> lanes(IntPredicate in) {
        boolean[] lanes = new boolean[L];
        for (int lane = 0; lane < L; lane++) {
            lanes[lane] = in.test(lane);
        }
        return VectorMask.fromArray(S, lanes, 0);
    }

    /**
     * Four rows of x become four neighbouring columns of y.
     *
     * @param count length of a row
     * @param at place of the first row
     * @param step distance between rows of x
     * @param to place of the first column
     * @param yStep distance between rows of y
     */
    static void fourRows(int count, float[] x, int at, int step, float[] y, int to, int yStep) {
        int next = ROWS * (yStep - 1); // to the lanes of the next block, four rows further
        int k = 0;
        for (; k <= count - L; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + k);
            FloatVector b = FloatVector.fromArray(S, x, at + step + k);
            FloatVector c = FloatVector.fromArray(S, x, at + 2 * step + k);
            FloatVector d = FloatVector.fromArray(S, x, at + 3 * step + k);
            FloatVector ab0 = a.blend(b.rearrange(NEIGHBOURS), ODD); // a0 b0 a2 b2 a4 ..
            FloatVector ab1 = a.rearrange(NEIGHBOURS).blend(b, ODD); // a1 b1 a3 b3 a5 ..
            FloatVector cd0 = c.blend(d.rearrange(NEIGHBOURS), ODD);
            FloatVector cd1 = c.rearrange(NEIGHBOURS).blend(d, ODD);
            int row = to + k * yStep;
            FloatVector r0 = ab0.blend(cd0.rearrange(HALVES), HIGH); // a0 b0 c0 d0 a4 b4 ..
            FloatVector r1 = ab1.blend(cd1.rearrange(HALVES), HIGH);
            FloatVector r2 = ab0.rearrange(HALVES).blend(cd0, HIGH);
            FloatVector r3 = ab1.rearrange(HALVES).blend(cd1, HIGH);
            r0.intoArray(y, row, FIRST);
            r1.intoArray(y, row + yStep, FIRST);
            r2.intoArray(y, row + 2 * yStep, FIRST);
            r3.intoArray(y, row + 3 * yStep, FIRST);
            row += next;
            if (L > ROWS) {
                r0.intoArray(y, row, SECOND);
                r1.intoArray(y, row + yStep, SECOND);
                r2.intoArray(y, row + 2 * yStep, SECOND);
                r3.intoArray(y, row + 3 * yStep, SECOND);
                row += next;
            }
            if (L > 2 * ROWS) {
                r0.intoArray(y, row, THIRD);
                r1.intoArray(y, row + yStep, THIRD);
                r2.intoArray(y, row + 2 * yStep, THIRD);
                r3.intoArray(y, row + 3 * yStep, THIRD);
                row += next;
                r0.intoArray(y, row, FOURTH);
                r1.intoArray(y, row + yStep, FOURTH);
                r2.intoArray(y, row + 2 * yStep, FOURTH);
                r3.intoArray(y, row + 3 * yStep, FOURTH);
            }
        }
        for (; k < count; k++) {
            for (int r = 0; r < ROWS; r++) {
                y[to + k * yStep + r] = x[at + r * step + k];
            }
        }
    }

    /** One row of x, its elements so far apart, becomes one column of y. */
    static void oneRow(int count, float[] x, int at, int step, float[] y, int to, int yStep) {
        for (int k = 0; k < count; k++) {
            y[to + k * yStep] = x[at + k * step];
        }
    }
}
