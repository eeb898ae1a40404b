package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.Species;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * c = a·b + bias where a lies in blocks and b was packed before: nothing is packed, and with few
 * rows each panel of b is read once from its beginning to its end. 2·rows·in·out FLOPs; 4·in·out
 * bytes are read. Each element is the same chain as in {@link MicroKernel}.
 *
 * @param a in blocks, [rows, in]
 * @param b [in, out]
 * @param bias [out], from {@code biasAt}; 0 if null
 * @param biasAt where the bias begins
 * @param c [rows, out]
 */
@SuppressWarnings("ArrayRecordComponent") // windows onto memory, not values
public record PanelProduct(
        RowBlocks a, Panels b, float @Nullable [] bias, int biasAt, RowBlocks c) {
    /** Rows that pass by a panel before the next one: their blocks stay in the second cache. */
    private static final int ROWS = GemmScratch.ROWS;

    /** Numbers of a that stay in the second cache with all of their blocks. */
    private static final int NEAR = 1 << 17;

    /** Rows [top, bottom) and columns [left, right) of c; left is a multiple of a panel's width. */
    public void rectangle(int top, int bottom, int left, int right) {
        int depth = b.rows();
        int blocks = Math.max(1, (depth + RowBlocks.COLUMNS - 1) / RowBlocks.COLUMNS);
        for (int i = top; i < bottom; i += ROWS) {
            int end = Math.min(bottom, i + ROWS);
            if ((long) (end - i) * depth <= NEAR) {
                for (int j = left; j < right; j += COLUMNS) {
                    for (int block = 0; block < blocks; block++) {
                        panel(i, end, j, block);
                    }
                }
            } else {
                for (int block = 0; block < blocks; block++) {
                    for (int j = left; j < right; j += COLUMNS) {
                        panel(i, end, j, block);
                    }
                }
            }
        }
    }

    /** Some rows by one block of a panel. */
    private void panel(int top, int bottom, int j, int block) {
        int from = block * RowBlocks.COLUMNS;
        int depth = Math.min(RowBlocks.COLUMNS, b.rows() - from);
        int width = Math.min(COLUMNS, b.columns() - j);
        int panel = b.index(from, j);
        boolean direct = width == COLUMNS || width == Species.L;
        for (int i = top; i < bottom; ) {
            int height = MicroKernel.height(bottom - i);
            int rows = Math.min(height, bottom - i);
            int at = a.index(i, from);
            int to = c.index(i, j);
            if (direct && rows == height) {
                if (block > 0) {
                    tile(
                            width,
                            height,
                            depth,
                            at,
                            panel,
                            c.data(),
                            to,
                            c.rowStep(),
                            c.data(),
                            to,
                            c.rowStep(),
                            false);
                } else if (bias == null) {
                    tile(
                            width,
                            height,
                            depth,
                            at,
                            panel,
                            c.data(),
                            to,
                            c.rowStep(),
                            c.data(),
                            to,
                            c.rowStep(),
                            true);
                } else {
                    tile(
                            width,
                            height,
                            depth,
                            at,
                            panel,
                            bias,
                            biasAt + j,
                            0,
                            c.data(),
                            to,
                            c.rowStep(),
                            false);
                }
            } else {
                float[] tile = GemmScratch.own().tile;
                begin(tile, rows, width, to, j, block);
                tile(COLUMNS, height, depth, at, panel, tile, 0, COLUMNS, tile, 0, COLUMNS, false);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(tile, r * COLUMNS, c.data(), to + r * c.rowStep(), width);
                }
            }
            i += height;
        }
    }

    /** What the sums of a tile at an edge start at. */
    private void begin(float[] tile, int rows, int width, int to, int j, int block) {
        for (int r = 0; r < rows; r++) {
            int at = r * COLUMNS;
            if (block > 0) {
                System.arraycopy(c.data(), to + r * c.rowStep(), tile, at, width);
            } else if (bias == null) {
                Arrays.fill(tile, at, at + width, 0);
            } else {
                System.arraycopy(bias, biasAt + j, tile, at, width);
            }
        }
    }

    private void tile(
            int width,
            int height,
            int depth,
            int at,
            int panel,
            float[] s,
            int sAt,
            int sStep,
            float[] y,
            int to,
            int step,
            boolean fresh) {
        float[] x = a.data();
        float[] w = b.data();
        if (width <= Species.L) {
            RegisterBlocks.narrowRows(
                    height, depth, x, at, w, panel, s, sAt, sStep, y, to, step, fresh);
        } else {
            RegisterBlocks.rows(height, depth, x, at, w, panel, s, sAt, sStep, y, to, step, fresh);
        }
    }
}
