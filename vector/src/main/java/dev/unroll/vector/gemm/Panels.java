package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.Workers;

/**
 * A right operand packed whole, to be used many times: panels of {@link MicroKernel#COLUMNS}
 * columns, each [rows, COLUMNS].
 *
 * @param data at least {@link #size} floats
 * @param rows the inner dimension
 * @param columns number of columns
 */
@SuppressWarnings("ArrayRecordComponent") // memory, not a value
public record Panels(float[] data, int rows, int columns) implements RightPanels {

    /** Floats needed for a matrix. */
    public static int size(int rows, int columns) {
        return Math.multiplyExact(rows, Math.multiplyExact(count(columns), COLUMNS));
    }

    private static int count(int columns) {
        return (columns + COLUMNS - 1) / COLUMNS;
    }

    /** Packs a matrix, on all threads. */
    public static Panels pack(Workers workers, Matrix b, float[] data) {
        return pack(workers, b, data, false);
    }

    /**
     * Packs a matrix, on all threads.
     *
     * @param plain without vectors
     */
    public static Panels pack(Workers workers, Matrix b, float[] data, boolean plain) {
        Panels panels = new Panels(data, b.rows(), b.columns());
        int least = Math.max(1, (1 << 14) / Math.max(1, b.rows() * COLUMNS));
        workers.ranges(
                count(b.columns()),
                least,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        int j = p * COLUMNS;
                        if (plain) {
                            Packing.plainPanel(b, j, data, panels.index(0, j));
                        } else {
                            Packing.panels(b, 0, b.rows(), j, 1, data, panels.index(0, j));
                        }
                    }
                });
        return panels;
    }

    /** Place of a row of the panel that starts at a column. */
    public int index(int row, int column) {
        return column * rows + row * COLUMNS;
    }
}
