package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums and maxima of contiguous runs and of columns, in an order that only the sizes decide. A pass
 * over memory.
 */
final class Sums {
    private static final FloatVector LEAST = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);

    private Sums() {}

    /** Σ x, n numbers. */
    static float sum(float[] x, int at, int n) {
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            a = a.add(FloatVector.fromArray(S, x, at + i));
            b = b.add(FloatVector.fromArray(S, x, at + i + L));
            c = c.add(FloatVector.fromArray(S, x, at + i + 2 * L));
            d = d.add(FloatVector.fromArray(S, x, at + i + 3 * L));
        }
        for (; i <= n - L; i += L) {
            a = a.add(FloatVector.fromArray(S, x, at + i));
        }
        if (i < n) {
            b = b.add(FloatVector.fromArray(S, x, at + i, S.indexInRange(i, n)));
        }
        return a.add(b).add(c.add(d)).reduceLanes(ADD);
    }

    /** The largest of n numbers; −∞ of none; what is not a number if there is one. */
    static float max(float[] x, int at, int n) {
        FloatVector a = LEAST;
        FloatVector b = LEAST;
        FloatVector c = LEAST;
        FloatVector d = LEAST;
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            a = a.max(FloatVector.fromArray(S, x, at + i));
            b = b.max(FloatVector.fromArray(S, x, at + i + L));
            c = c.max(FloatVector.fromArray(S, x, at + i + 2 * L));
            d = d.max(FloatVector.fromArray(S, x, at + i + 3 * L));
        }
        for (; i <= n - L; i += L) {
            a = a.max(FloatVector.fromArray(S, x, at + i));
        }
        if (i < n) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            b = b.max(LEAST.blend(FloatVector.fromArray(S, x, at + i, rest), rest));
        }
        return a.max(b).max(c.max(d)).reduceLanes(MAX);
    }

    /**
     * y[j] = Σ x[i, j] over the rows.
     *
     * @param step distance between rows of x
     * @param width of a row
     */
    static void columns(float[] x, int at, int step, int rows, int width, float[] y, int to) {
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
    static void columnMaxima(float[] x, int at, int step, int rows, int width, float[] y, int to) {
        for (int j = 0; j < width; j += L) {
            VectorMask<Float> lanes = S.indexInRange(j, width);
            FloatVector a = LEAST;
            int from = at + j;
            for (int i = 0; i < rows; i++, from += step) {
                a = a.max(FloatVector.fromArray(S, x, from, lanes));
            }
            a.intoArray(y, to + j, lanes);
        }
    }
}
