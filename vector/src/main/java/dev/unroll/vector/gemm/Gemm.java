package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.Species;
import org.jspecify.annotations.Nullable;

/**
 * One product c = a·b, c += a·b or c = a·b + bias, a rectangle of c at a time (the blocking of Goto
 * and van de Geijn 2008). A block of rows of a is packed into the second cache, panels of b pass
 * through the first.
 *
 * @param a [m, k]
 * @param b [k, n]
 * @param packed b packed before, or null: its panels are packed when they are used
 * @param c [m, n]
 * @param start [m, n], what the sums start at: c itself, or a bias, one row repeated; null: 0
 */
public record Gemm(
        LhsOperand a, Matrix b, @Nullable Panels packed, Matrix c, @Nullable Matrix start) {

    /** Adds to what c holds, or not. */
    public Gemm(LhsOperand a, Matrix b, @Nullable Panels packed, Matrix c, boolean accumulate) {
        this(a, b, packed, c, accumulate ? c : null);
    }

    /**
     * Computes the rectangle of c with rows [top, bottom) and columns [left, right); left is a
     * multiple of {@link MicroKernel#COLUMNS}, and so is right or it is the end.
     */
    public void rectangle(int top, int bottom, int left, int right) {
        if (bottom - top <= SkinnyGemm.ROWS
                && packed == null
                && a instanceof Matrix matrix
                && b.columnStep() == 1
                && c.columnStep() == 1
                && (start == null || start.columnStep() == 1)) {
            int rows = bottom - top;
            Matrix from = start == null ? null : start.rows(top, rows);
            SkinnyGemm.rectangle(matrix.rows(top, rows), b, c.rows(top, rows), from, left, right);
            return;
        }
        boolean again = packed == null && bottom - top > GemmScratch.ROWS;
        int wide = again ? GemmScratch.PANELS * COLUMNS : right - left;
        BlockScratch scratch = BlockScratch.take();
        for (int j = left; j < right; j += wide) {
            columns(scratch, top, bottom, j, Math.min(right, j + wide), again);
        }
        scratch.give();
    }

    /**
     * All rows of some columns.
     *
     * @param again whether more than one block of rows meets the panels, so that all are packed
     *     before
     */
    private void columns(
            BlockScratch scratch, int top, int bottom, int left, int right, boolean again) {
        int k = a.columns();
        int blocks = Math.max(1, (k + GemmScratch.DEPTH - 1) / GemmScratch.DEPTH);
        int most = (k + blocks - 1) / blocks;
        for (int block = 0; block < blocks; block++) {
            int from = block * most;
            int depth = Math.min(most, k - from);
            Matrix sums = block == 0 ? start : c;
            if (again) {
                Packing.panels(b, from, depth, left, panels(left, right), scratch.panels, 0);
            }
            for (int i = top; i < bottom; i += GemmScratch.ROWS) {
                int end = Math.min(bottom, i + GemmScratch.ROWS);
                a.pack(i, end, from, depth, scratch.rows);
                Block rows = new Block(scratch, i, end, depth, sums);
                if (packed != null) {
                    for (int j = left; j < right; j += COLUMNS) {
                        int at = packed.index(from, j);
                        panel(rows, j, packed.data(), at);
                    }
                } else if (again) {
                    packed(rows, left, right);
                } else {
                    for (int j = left; j < right; j += GemmScratch.FEW * COLUMNS) {
                        int stop = Math.min(right, j + GemmScratch.FEW * COLUMNS);
                        Packing.panels(b, from, depth, j, panels(j, stop), scratch.panels, 0);
                        packed(rows, j, stop);
                    }
                }
            }
        }
    }

    private static int panels(int left, int right) {
        return (right - left + COLUMNS - 1) / COLUMNS;
    }

    /**
     * A block of rows of a, packed.
     *
     * @param depth columns of a that are packed
     * @param sums what the sums of these columns start at; null: 0
     */
    private record Block(
            BlockScratch scratch, int top, int bottom, int depth, @Nullable Matrix sums) {}

    /** A block of rows against the panels that were packed just now. */
    private void packed(Block block, int left, int right) {
        for (int j = left; j < right; j += COLUMNS) {
            panel(block, j, block.scratch.panels, (j - left) * block.depth);
        }
    }

    /** All rows of a block against one panel. */
    private void panel(Block block, int j, float[] panel, int at) {
        Matrix sums = block.sums;
        int bottom = block.bottom;
        int width = Math.min(COLUMNS, c.columns() - j);
        boolean fresh = sums == null;
        Matrix from = sums == null ? c : sums;
        for (int i = block.top; i < bottom; ) {
            int height = MicroKernel.height(bottom - i);
            int rows = Math.min(height, bottom - i);
            if (rows == height
                    && (width == COLUMNS || width == Species.L)
                    && c.columnStep() == 1
                    && from.columnStep() == 1) {
                tile(block, i - block.top, height, width, panel, at, from, c, i, j);
            } else {
                float[] tile = GemmScratch.own().tile;
                if (!fresh) {
                    read(from, i, j, rows, width, tile);
                }
                Matrix own = new Matrix(tile, 0, height, COLUMNS, COLUMNS, 1);
                tile(block, i - block.top, height, width, panel, at, own, own, 0, 0);
                write(i, j, rows, width, tile);
            }
            i += height;
        }
    }

    /** One tile at (i, j), of the rows of the block that start at one of them. */
    private void tile(
            Block block,
            int row,
            int height,
            int width,
            float[] panel,
            int bAt,
            Matrix from,
            Matrix to,
            int i,
            int j) {
        float[] x = block.scratch.rows;
        int depth = block.depth;
        boolean fresh = block.sums == null;
        float[] s = from.data();
        float[] y = to.data();
        int sAt = from.index(i, j);
        int yAt = to.index(i, j);
        int sStep = from.rowStep();
        int yStep = to.rowStep();
        boolean narrow = width <= Species.L;
        if (a.inColumns()) {
            int at = row * depth;
            if (narrow) {
                RegisterBlocks.narrowColumns(
                        height, depth, x, at, panel, bAt, s, sAt, sStep, y, yAt, yStep, fresh);
            } else {
                RegisterBlocks.columns(
                        height, depth, x, at, panel, bAt, s, sAt, sStep, y, yAt, yStep, fresh);
            }
        } else {
            int at = row * MicroKernel.ROW_STEP;
            if (narrow) {
                RegisterBlocks.narrowRows(
                        height, depth, x, at, panel, bAt, s, sAt, sStep, y, yAt, yStep, fresh);
            } else {
                RegisterBlocks.rows(
                        height, depth, x, at, panel, bAt, s, sAt, sStep, y, yAt, yStep, fresh);
            }
        }
    }

    private static void read(Matrix from, int i, int j, int rows, int width, float[] tile) {
        for (int r = 0; r < rows; r++) {
            int at = from.index(i + r, j);
            for (int s = 0; s < width; s++) {
                tile[r * COLUMNS + s] = from.data()[at + s * from.columnStep()];
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
