package dev.unroll.vector;

import static dev.unroll.vector.Tile.COLUMNS;

import org.jspecify.annotations.Nullable;

/**
 * One product c = a·b or c += a·b, a rectangle of c at a time (the blocking of Goto and van de
 * Geijn 2008). A block of rows of a is packed into the second cache, panels of b pass through the
 * first.
 *
 * @param a [m, k]
 * @param b [k, n]
 * @param packed b packed before, or null: its panels are packed when they are used
 * @param c [m, n]
 * @param accumulate add to what c holds
 */
record Product(Matrix a, Matrix b, @Nullable Panels packed, Matrix c, boolean accumulate) {

    /**
     * Computes the rectangle of c with rows [top, bottom) and columns [left, right); left is a
     * multiple of {@link Tile#COLUMNS}, and so is right or it is the end.
     */
    void rectangle(int top, int bottom, int left, int right) {
        if (bottom - top <= Thin.ROWS
                && packed == null
                && b.columnStep() == 1
                && c.columnStep() == 1) {
            Thin.rectangle(a, b, c, accumulate, top, bottom, left, right);
            return;
        }
        Scratch scratch = Scratch.own();
        int k = a.columns();
        int blocks = Math.max(1, (k + Scratch.DEPTH - 1) / Scratch.DEPTH);
        int most = (k + blocks - 1) / blocks;
        for (int i = top; i < bottom; i += Scratch.ROWS) {
            int end = Math.min(bottom, i + Scratch.ROWS);
            for (int block = 0; block < blocks; block++) {
                int from = block * most;
                int depth = Math.min(most, k - from);
                boolean fresh = block == 0 && !accumulate;
                Packing.rows(a, i, end, from, depth, scratch.rows);
                for (int j = left; j < right; j += Scratch.PANELS * COLUMNS) {
                    int stop = Math.min(right, j + Scratch.PANELS * COLUMNS);
                    columns(scratch, i, end, from, depth, j, stop, fresh);
                }
            }
        }
    }

    /** All rows of a block against some panels. */
    private void columns(
            Scratch scratch,
            int top,
            int bottom,
            int from,
            int depth,
            int left,
            int right,
            boolean fresh) {
        if (packed == null) {
            int count = (right - left + COLUMNS - 1) / COLUMNS;
            Packing.panels(b, from, depth, left, count, scratch.panels, 0);
        }
        for (int j = left; j < right; j += COLUMNS) {
            if (packed == null) {
                int at = (j - left) * depth;
                panel(scratch, top, bottom, depth, j, scratch.panels, at, fresh);
            } else {
                int at = packed.index(from, j);
                panel(scratch, top, bottom, depth, j, packed.data(), at, fresh);
            }
        }
    }

    /** All rows of a block against one panel. */
    private void panel(
            Scratch scratch,
            int top,
            int bottom,
            int depth,
            int j,
            float[] panel,
            int at,
            boolean fresh) {
        int width = Math.min(COLUMNS, c.columns() - j);
        for (int i = top; i < bottom; ) {
            int height = Tile.height(bottom - i);
            int rows = Math.min(height, bottom - i);
            int left = (i - top) * depth;
            if (rows == height && width == COLUMNS && c.columnStep() == 1) {
                Tile.run(
                        height,
                        depth,
                        scratch.rows,
                        left,
                        panel,
                        at,
                        c.data(),
                        c.index(i, j),
                        c.rowStep(),
                        fresh);
            } else {
                float[] tile = scratch.tile;
                if (!fresh) {
                    read(i, j, rows, width, tile);
                }
                Tile.run(height, depth, scratch.rows, left, panel, at, tile, 0, COLUMNS, fresh);
                write(i, j, rows, width, tile);
            }
            i += height;
        }
    }

    private void read(int i, int j, int rows, int width, float[] tile) {
        for (int r = 0; r < rows; r++) {
            int at = c.index(i + r, j);
            for (int s = 0; s < width; s++) {
                tile[r * COLUMNS + s] = c.data()[at + s * c.columnStep()];
            }
        }
    }

    private void write(int i, int j, int rows, int width, float[] tile) {
        for (int r = 0; r < rows; r++) {
            int at = c.index(i + r, j);
            for (int s = 0; s < width; s++) {
                c.data()[at + s * c.columnStep()] = tile[r * COLUMNS + s];
            }
        }
    }
}
