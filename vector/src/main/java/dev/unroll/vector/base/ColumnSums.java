package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Sums and maxima down the columns of a matrix, in the order of the rows. A pass over memory. */
public final class ColumnSums {
    private ColumnSums() {}

    /**
     * y[j] = Σ x[i, j] over the rows.
     *
     * @param step distance between rows of x
     * @param width of a row
     */
    public static void sum(float[] x, int at, int step, int rows, int width, float[] y, int to) {
        int j = 0;
        for (; j <= width - 4 * L; j += 4 * L) {
            FloatVector a = FloatVector.zero(S);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            int from = at + j;
            for (int i = 0; i < rows; i++, from += step) {
                a = a.add(FloatVector.fromArray(S, x, from));
                b = b.add(FloatVector.fromArray(S, x, from + L));
                c = c.add(FloatVector.fromArray(S, x, from + 2 * L));
                d = d.add(FloatVector.fromArray(S, x, from + 3 * L));
            }
            a.intoArray(y, to + j);
            b.intoArray(y, to + j + L);
            c.intoArray(y, to + j + 2 * L);
            d.intoArray(y, to + j + 3 * L);
        }
        for (; j < width; j += L) {
            VectorMask<Float> lanes = S.indexInRange(j, width);
            FloatVector a = FloatVector.zero(S);
            int from = at + j;
            for (int i = 0; i < rows; i++, from += step) {
                a = a.add(FloatVector.fromArray(S, x, from, lanes));
            }
            a.intoArray(y, to + j, lanes);
        }
    }

    /** y[j] = max x[i, j] over the rows. */
    public static void max(float[] x, int at, int step, int rows, int width, float[] y, int to) {
        for (int j = 0; j < width; j += L) {
            VectorMask<Float> lanes = S.indexInRange(j, width);
            FloatVector a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            int from = at + j;
            for (int i = 0; i < rows; i++, from += step) {
                a = a.max(FloatVector.fromArray(S, x, from, lanes));
            }
            a.intoArray(y, to + j, lanes);
        }
    }
}
