package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

import dev.unroll.vector.base.Species;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * c = a·b + bias where a lies in blocks and b was packed before: nothing is packed, and with few
 * rows each panel of b is read once from its beginning to its end. 2·rows·in·out FLOPs; 4·in·out
 * bytes are read, or as many as {@link CompactPanels} have. Each element is the same chain as in
 * {@link MicroKernel}.
 *
 * @param a in blocks, [rows, in]
 * @param b [in, out]
 * @param bias [out], from {@code biasAt}; 0 if null
 * @param biasAt where the bias begins
 * @param c [rows, out]
 */
@SuppressWarnings("ArrayRecordComponent") // windows onto memory, not values
public record PanelProduct(
        RowBlocks a, RightPanels b, float @Nullable [] bias, int biasAt, RowBlocks c) {
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
        int end = Math.min(b.rows(), from + RowBlocks.COLUMNS);
        switch (b) {
            case Panels panels -> {
                int at = panels.index(from, j);
                tiles(top, bottom, j, from, end - from, panels.data(), at, bias, biasAt + j);
            }
            case CompactPanels compact -> compact(compact, top, bottom, j, from, end);
        }
    }

    /** The same with rows of the panel that become floats first. */
    private void compact(CompactPanels panels, int top, int bottom, int j, int from, int end) {
        float[] opened = GemmScratch.own().opened;
        float[] scales = panels.scales();
        float[] first = scales == null ? bias : null;
        for (int k = from; k < end || end == 0 && k == 0; k += CompactPanels.OPENED) {
            int count = Math.min(CompactPanels.OPENED, end - k);
            panels.open(j, k, count, opened, 0, false);
            tiles(top, bottom, j, k, count, opened, 0, first, biasAt + j);
        }
        if (scales != null && end == b.rows()) {
            int width = Math.min(COLUMNS, b.columns() - j);
            for (int i = top; i < bottom; i++) {
                CompactPanels.scaled(c.data(), c.index(i, j), scales, j, bias, biasAt + j, width);
            }
        }
    }

    /**
     * Some rows by some rows of a panel, [count, COLUMNS].
     *
     * @param k the first of them; sums begin with the bias there where it is 0
     */
    private void tiles(
            int top,
            int bottom,
            int j,
            int k,
            int count,
            float[] panel,
            int panelAt,
            float @Nullable [] first,
            int firstAt) {
        int width = Math.min(COLUMNS, b.columns() - j);
        boolean direct = width == COLUMNS || width == Species.L;
        float[] y = c.data();
        int step = c.rowStep();
        for (int i = top; i < bottom; ) {
            int height = MicroKernel.height(bottom - i);
            int rows = Math.min(height, bottom - i);
            int at = a.index(i, k);
            int to = c.index(i, j);
            if (!direct || rows < height) {
                float[] tile = GemmScratch.own().tile;
                begin(tile, rows, width, to, k > 0, first, firstAt);
                tile(
                        COLUMNS, height, count, at, panel, panelAt, tile, 0, COLUMNS, tile, 0,
                        COLUMNS, false);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(tile, r * COLUMNS, y, to + r * step, width);
                }
            } else if (k > 0 || first == null) {
                tile(width, height, count, at, panel, panelAt, y, to, step, y, to, step, k == 0);
            } else {
                tile(
                        width, height, count, at, panel, panelAt, first, firstAt, 0, y, to, step,
                        false);
            }
            i += height;
        }
    }

    /** What the sums of a tile at an edge start at. */
    private void begin(
            float[] tile,
            int rows,
            int width,
            int to,
            boolean more,
            float @Nullable [] first,
            int firstAt) {
        for (int r = 0; r < rows; r++) {
            int at = r * COLUMNS;
            if (more) {
                System.arraycopy(c.data(), to + r * c.rowStep(), tile, at, width);
            } else if (first == null) {
                Arrays.fill(tile, at, at + width, 0);
            } else {
                System.arraycopy(first, firstAt, tile, at, width);
            }
        }
    }

    private void tile(
            int width,
            int height,
            int depth,
            int at,
            float[] panel,
            int panelAt,
            float[] s,
            int sAt,
            int sStep,
            float[] y,
            int to,
            int step,
            boolean fresh) {
        float[] x = a.data();
        if (width <= Species.L) {
            RegisterBlocks.narrowRows(
                    height, depth, x, at, panel, panelAt, s, sAt, sStep, y, to, step, fresh);
        } else {
            RegisterBlocks.rows(
                    height, depth, x, at, panel, panelAt, s, sAt, sStep, y, to, step, fresh);
        }
    }
}
