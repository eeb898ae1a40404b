package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;

/**
 * A result cut into rectangles of whole tiles.
 *
 * @param rows rows of the result
 * @param columns columns of the result
 * @param down number of rectangles below each other
 * @param across number of rectangles beside each other
 */
record Grid(int rows, int columns, int down, int across) {
    /** Rectangles a thread: with more than one, a thread that is held up keeps nobody waiting. */
    private static final int SHARES = 4;

    /** Rows and panels that are worth packing the other operand for. */
    private static final int LEAST_ROWS = 48;

    private static final int LEAST_PANELS = 4;

    static Grid of(int rows, int columns, int threads) {
        int wanted = threads * SHARES;
        int blocks = Math.max(1, ceil(rows, Scratch.ROWS));
        int down = Math.min(ceil(wanted, 1), Math.max(blocks, rows / LEAST_ROWS));
        down = Math.max(1, Math.max(down, blocks));
        int panels = ceil(columns, COLUMNS);
        int across = Math.min(ceil(wanted, down), panels / LEAST_PANELS);
        if (down * across < threads) {
            across = Math.min(ceil(wanted, down), panels);
        }
        return new Grid(rows, columns, down, Math.max(1, across));
    }

    /** First row of a rectangle. */
    int row(int i) {
        int tiles = ceil(rows, Tile.ROWS);
        return Math.min(rows, (int) ((long) tiles * i / down) * Tile.ROWS);
    }

    /** First column of a rectangle. */
    int column(int j) {
        int panels = ceil(columns, COLUMNS);
        return Math.min(columns, (int) ((long) panels * j / across) * COLUMNS);
    }

    private static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }
}
