package dev.unroll.vector.gemm;

/**
 * Rows of numbers, whole or in blocks of columns: number (i, j) lies at {@code at + i·rowStep + j}
 * where the rows are whole, and else {@code blockStep} further for each {@link GemmScratch#DEPTH}
 * columns. In blocks whose rows are DEPTH apart they are the left operand of {@link
 * RegisterBlocks}, without packing.
 *
 * @param data where the numbers are
 * @param at place of the first number
 * @param rowStep distance between rows
 * @param blockStep distance between blocks of columns; 0 if the rows are whole
 */
@SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
public record RowBlocks(float[] data, int at, int rowStep, int blockStep) {
    /** Columns of a block. */
    public static final int COLUMNS = GemmScratch.DEPTH;

    /** Rows whose numbers lie one after another. */
    public static RowBlocks whole(float[] data, int at, int rowStep) {
        return new RowBlocks(data, at, rowStep, 0);
    }

    /** Blocks for so many rows; {@link #size} floats are theirs. */
    public static RowBlocks blocks(float[] data, int at, int rows) {
        return new RowBlocks(data, at, COLUMNS, high(rows) * COLUMNS);
    }

    /** Floats of blocks: a tile may read a few rows more than there are. */
    public static int size(int rows, int columns) {
        return Math.multiplyExact(
                (columns + COLUMNS - 1) / COLUMNS, Math.multiplyExact(high(rows), COLUMNS));
    }

    private static int high(int rows) {
        return rows + MicroKernel.ROWS;
    }

    /** Place of a number. */
    public int index(int i, int j) {
        return blockStep == 0
                ? at + i * rowStep + j
                : at + j / COLUMNS * blockStep + i * rowStep + j % COLUMNS;
    }

    /** Copies a whole row in. */
    public void put(int i, float[] from, int fromAt, int columns) {
        int step = blockStep == 0 ? columns : COLUMNS;
        for (int j = 0; j < columns; j += step) {
            System.arraycopy(from, fromAt + j, data, index(i, j), Math.min(step, columns - j));
        }
    }
}
