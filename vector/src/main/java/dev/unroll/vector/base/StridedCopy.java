package dev.unroll.vector.base;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Runs of numbers copied, filled and scaled at any stride, and room to bring some together. */
public final class StridedCopy {
    /** Side of the squares in which a matrix is transposed. */
    public static final int SQUARE = 64;

    /** Numbers of a line of the cache. */
    private static final int LINE = 16;

    private static final int ROOM = 512;

    private static final ThreadLocal<StridedCopy> OWN = ThreadLocal.withInitial(StridedCopy::new);

    public final float[] first = new float[ROOM];
    public final float[] second = new float[ROOM];
    public final float[] third = new float[ROOM];

    /** One vector, for what is left of a run. */
    public final float[] rest = new float[L];

    public final float[] otherRest = new float[L];
    public final float[] thirdRest = new float[L];

    /** The lanes of two sums. */
    public final float[] sums = new float[2 * L];

    private StridedCopy() {}

    /** The room of this thread. */
    public static StridedCopy own() {
        return OWN.get();
    }

    /** Numbers one after another: where they lie if their step is 1, else in room at 0. */
    public static float[] together(float[] x, int at, int step, float[] room, int n) {
        if (step == 1) {
            return x;
        }
        copy(x, at, step, room, 0, 1, n);
        return room;
    }

    public static void fill(float value, float[] y, int to, int step, int n) {
        if (step == 1) {
            Arrays.fill(y, to, to + n, value);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[to + i * step] = value;
        }
    }

    public static void copy(float[] x, int at, int from, float[] y, int to, int step, int n) {
        if (from == 0 && step == 1) {
            Arrays.fill(y, to, to + n, x[at]);
            return;
        }
        if (from == 1 && step == 1) {
            System.arraycopy(x, at, y, to, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[to + i * step] = x[at + i * from];
        }
    }

    /**
     * y[i, j] = x[j, i] for the rows [first, end) of y, in squares that touch few pages.
     *
     * @param width columns of y
     */
    public static void transpose(
            int first,
            int end,
            int width,
            float[] x,
            int at,
            int xStep,
            float[] y,
            int to,
            int yStep) {
        for (int column = 0; column < width; column += SQUARE) {
            int columns = Math.min(width, column + SQUARE);
            for (int row = first; row < end; row += LINE) {
                int rows = Math.min(end, row + LINE);
                for (int j = column; j < columns; j++) {
                    int from = at + j * xStep;
                    for (int i = row; i < rows; i++) {
                        y[to + i * yStep + j] = x[from + i];
                    }
                }
            }
        }
    }

    /** y = scale·x + shift, strided. */
    public static void affine(
            float scale,
            float shift,
            float[] x,
            int at,
            int from,
            float[] y,
            int to,
            int step,
            int n) {
        for (int i = 0; i < n; i++) {
            y[to + i * step] = Math.fma(scale, x[at + i * from], shift);
        }
    }

    /** y = scale·x + shift, contiguous; rounds as the strided one. */
    public static void affine(
            float scale, float shift, float[] x, int at, float[] y, int to, int n) {
        FloatVector a = FloatVector.broadcast(S, scale);
        FloatVector b = FloatVector.broadcast(S, shift);
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, x, at + i).fma(a, b).intoArray(y, to + i);
        }
        if (i < n) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, at + i, rest).fma(a, b).intoArray(y, to + i, rest);
        }
    }
}
