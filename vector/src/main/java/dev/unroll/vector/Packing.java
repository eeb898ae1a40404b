package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;
import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Lays the operands of a product out in the order in which {@link Tile} reads them. */
final class Packing {
    /** Rows of the target written at once when transposing: they stay in the nearest cache. */
    private static final int CHUNK = 64;

    private Packing() {}

    /** Floats that {@link #rows} writes, and may write beyond its end. */
    static int rowsSize(int rows, int depth) {
        return (rows + Tile.ROWS) * depth + Tile.ROWS + L;
    }

    /**
     * The left operand: tiles one after another, each [depth, height]. The tile that starts at row
     * i of the block starts at {@code i·depth}. Rows that a tile has too many hold anything.
     *
     * @param from first row
     * @param to end of the rows
     * @param k first column
     * @param depth number of columns
     */
    static void rows(Matrix a, int from, int to, int k, int depth, float[] packed) {
        for (int i = from; i < to; ) {
            int height = Tile.height(to - i);
            int rows = Math.min(height, to - i);
            int target = (i - from) * depth;
            if (a.rowStep() == 1) {
                copyColumns(
                        a.data(),
                        a.index(i, k),
                        a.columnStep(),
                        rows,
                        depth,
                        packed,
                        target,
                        height);
            } else {
                for (int r = 0; r < rows; r++) {
                    scatter(
                            a.data(),
                            a.index(i + r, k),
                            a.columnStep(),
                            depth,
                            packed,
                            target + r,
                            height);
                }
            }
            i += height;
        }
    }

    /** Runs of neighbours; later ones overwrite what earlier ones wrote too much. */
    private static void copyColumns(
            float[] x, int from, int step, int rows, int depth, float[] y, int to, int height) {
        for (int k = 0; k < depth; k++) {
            int source = from + k * step;
            int target = to + k * height;
            if (source + Tile.ROWS + L <= x.length) {
                for (int r = 0; r < height; r += L) {
                    FloatVector.fromArray(S, x, source + r).intoArray(y, target + r);
                }
            } else {
                for (int r = 0; r < rows; r++) {
                    y[target + r] = x[source + r];
                }
            }
        }
    }

    private static void scatter(
            float[] x, int from, int step, int count, float[] y, int to, int yStep) {
        if (step == 1) {
            for (int k = 0; k < count; k++) {
                y[to + k * yStep] = x[from + k];
            }
        } else {
            for (int k = 0; k < count; k++) {
                y[to + k * yStep] = x[from + k * step];
            }
        }
    }

    /**
     * One panel of the right operand: [depth, COLUMNS], with zeros right of its last column.
     *
     * @param k first row
     * @param depth number of rows
     * @param j first column
     */
    static void panel(Matrix b, int k, int depth, int j, float[] packed, int at) {
        int width = Math.min(COLUMNS, b.columns() - j);
        if (width < COLUMNS) {
            Arrays.fill(packed, at, at + depth * COLUMNS, 0);
        }
        if (b.columnStep() != 1) {
            for (int c = 0; c < depth; c += CHUNK) {
                int count = Math.min(CHUNK, depth - c);
                for (int s = 0; s < width; s++) {
                    scatter(
                            b.data(),
                            b.index(k + c, j + s),
                            b.rowStep(),
                            count,
                            packed,
                            at + c * COLUMNS + s,
                            COLUMNS);
                }
            }
            return;
        }
        float[] x = b.data();
        for (int r = 0; r < depth; r++) {
            int source = b.index(k + r, j);
            int target = at + r * COLUMNS;
            if (width == COLUMNS) {
                FloatVector.fromArray(S, x, source).intoArray(packed, target);
                FloatVector.fromArray(S, x, source + L).intoArray(packed, target + L);
            } else {
                System.arraycopy(x, source, packed, target, width);
            }
        }
    }
}
