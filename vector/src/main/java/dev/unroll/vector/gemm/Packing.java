package dev.unroll.vector.gemm;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.StridedCopy;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Lays the operands of a product out in the order in which {@link MicroKernel} reads them. */
final class Packing {
    /** Rows of the target written at once when transposing: they stay in the nearest cache. */
    private static final int CHUNK = 128;

    /** Rows of the source read side by side: as many as the nearest cache has places for a line. */
    private static final int FEW = 8;

    /** Floats that the nearest cache keeps at once, wherever they lie. */
    private static final int NEAR = 4096;

    private Packing() {}

    /** Floats that {@link #rows} and {@link #columns} write, and may write beyond their end. */
    static int rowsSize(int rows) {
        return (rows + MicroKernel.ROWS) * GemmScratch.DEPTH + MicroKernel.ROWS + L;
    }

    /**
     * The left operand for a {@link MicroKernel} that reads rows.
     *
     * @param from first row
     * @param to end of the rows
     * @param k first column
     * @param depth number of columns
     */
    static void rows(Matrix a, int from, int to, int k, int depth, float[] packed) {
        for (int i = from; i < to; i++) {
            row(
                    a.data(),
                    a.index(i, k),
                    a.columnStep(),
                    depth,
                    packed,
                    (i - from) * MicroKernel.ROW_STEP);
        }
    }

    /** In vectors, the last one with what is there or may be written too much. */
    private static void row(float[] x, int from, int step, int count, float[] y, int to) {
        int k = 0;
        if (step == 1) {
            int last = Math.min(count, x.length - from - L + 1);
            for (; k < last; k += L) {
                FloatVector.fromArray(S, x, from + k).intoArray(y, to + k);
            }
        }
        for (; k < count; k++) {
            y[to + k] = x[from + k * step];
        }
    }

    /**
     * The left operand for {@link MicroKernel}, if the numbers of a column lie together: tiles one
     * after another, each [depth, height]. The tile that starts at row i of the block starts at
     * {@code i·depth}. Rows that a tile has too many hold anything.
     *
     * @param from first row
     * @param to end of the rows
     * @param k first column
     * @param depth number of columns
     */
    static void columns(Matrix a, int from, int to, int k, int depth, float[] packed) {
        int some = (long) depth * a.columnStep() <= NEAR ? depth : FEW;
        for (int c = 0; c < depth; c += some) {
            int count = Math.min(some, depth - c);
            for (int i = from; i < to; i += MicroKernel.height(to - i)) {
                int height = MicroKernel.height(to - i);
                int rows = Math.min(height, to - i);
                int tile = (i - from) * depth;
                int at = a.index(i, k + c);
                int end = tile + depth * height;
                runs(
                        count,
                        a.data(),
                        at,
                        a.columnStep(),
                        rows,
                        packed,
                        tile + c * height,
                        height,
                        end);
            }
        }
    }

    /** Runs of neighbours, in vectors where what one writes too much is written again later. */
    static void runs(
            int count,
            float[] x,
            int from,
            int step,
            int length,
            float[] y,
            int to,
            int height,
            int end) {
        int whole = (height + L - 1) / L * L;
        int k = 0;
        int source = from;
        int target = to;
        for (; k < count && source + whole <= x.length && target + whole <= end; k++) {
            for (int r = 0; r < whole; r += L) {
                FloatVector.fromArray(S, x, source + r).intoArray(y, target + r);
            }
            source += step;
            target += height;
        }
        for (; k < count; k++) {
            for (int r = 0; r < length; r++) {
                y[target + r] = x[source + r];
            }
            source += step;
            target += height;
        }
    }

    /**
     * Panels of the right operand, one after another, each [depth, COLUMNS], with zeros right of
     * its last column.
     *
     * @param k first row
     * @param depth number of rows
     * @param j first column
     * @param panels number of panels
     */
    static void panels(Matrix b, int k, int depth, int j, int panels, float[] packed, int at) {
        int size = depth * COLUMNS;
        int last = b.columns() - j - (panels - 1) * COLUMNS; // columns of the last panel
        if (last < COLUMNS) {
            Arrays.fill(packed, at + (panels - 1) * size, at + panels * size, 0);
        }
        if (b.columnStep() == 1) {
            for (int r = 0; r < depth; r++) {
                int from = b.index(k + r, j);
                int to = at + r * COLUMNS;
                for (int p = 0; p < panels; p++) {
                    int width = Math.min(COLUMNS, b.columns() - j - p * COLUMNS);
                    row(b.data(), from + p * COLUMNS, width, packed, to + p * size);
                }
            }
            return;
        }
        Matrix turned = b.transposed();
        for (int p = 0; p < panels; p++) {
            int column = j + p * COLUMNS;
            int width = Math.min(COLUMNS, b.columns() - column);
            for (int c = 0; c < depth; c += CHUNK) {
                int count = Math.min(CHUNK, depth - c);
                Matrix some = turned.part(column, width, k + c, count);
                Transposing.rows(some, packed, at + p * size + c * COLUMNS, COLUMNS);
            }
        }
    }

    /** One panel of all rows of the right operand, without vectors. */
    static void plainPanel(Matrix b, int j, float[] packed, int at) {
        int width = Math.min(COLUMNS, b.columns() - j);
        int step = b.columnStep();
        for (int k = 0; k < b.rows(); k++) {
            int to = at + k * COLUMNS;
            StridedCopy.copy(b.data(), b.index(k, j), step, packed, to, 1, width);
            Arrays.fill(packed, to + width, to + COLUMNS, 0);
        }
    }

    private static void row(float[] x, int from, int width, float[] y, int to) {
        if (width >= COLUMNS) {
            FloatVector.fromArray(S, x, from).intoArray(y, to);
            FloatVector.fromArray(S, x, from + L).intoArray(y, to + L);
        } else {
            System.arraycopy(x, from, y, to, width);
        }
    }
}
