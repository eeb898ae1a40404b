package dev.unroll.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Copies rows into columns, four by four numbers at a time. */
final class Transposing {
    /** Rows that are copied at once. */
    static final int ROWS = 4;

    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorMask<Float> ODD =
            VectorMask.fromValues(FOUR, false, true, false, true);
    private static final VectorMask<Float> HIGH =
            VectorMask.fromValues(FOUR, false, false, true, true);
    private static final VectorShuffle<Float> NEIGHBOURS =
            VectorShuffle.fromValues(FOUR, 1, 0, 3, 2);
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromValues(FOUR, 2, 3, 0, 1);

    private Transposing() {}

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
        int k = 0;
        for (; k <= count - ROWS; k += ROWS) {
            FloatVector a = FloatVector.fromArray(FOUR, x, at + k);
            FloatVector b = FloatVector.fromArray(FOUR, x, at + step + k);
            FloatVector c = FloatVector.fromArray(FOUR, x, at + 2 * step + k);
            FloatVector d = FloatVector.fromArray(FOUR, x, at + 3 * step + k);
            FloatVector ab0 = a.blend(b.rearrange(NEIGHBOURS), ODD); // a0 b0 a2 b2
            FloatVector ab1 = a.rearrange(NEIGHBOURS).blend(b, ODD); // a1 b1 a3 b3
            FloatVector cd0 = c.blend(d.rearrange(NEIGHBOURS), ODD);
            FloatVector cd1 = c.rearrange(NEIGHBOURS).blend(d, ODD);
            int row = to + k * yStep;
            ab0.blend(cd0.rearrange(HALVES), HIGH).intoArray(y, row);
            ab1.blend(cd1.rearrange(HALVES), HIGH).intoArray(y, row + yStep);
            ab0.rearrange(HALVES).blend(cd0, HIGH).intoArray(y, row + 2 * yStep);
            ab1.rearrange(HALVES).blend(cd1, HIGH).intoArray(y, row + 3 * yStep);
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
