package dev.unroll.vector.gemm;

import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;

/**
 * A result cut into rectangles of whole tiles, one below and beside the other. A rectangle packs
 * the rows and columns it needs for itself, so the cut is the one for which a thread's packing and
 * multiplying take the least time.
 *
 * @param rows rows of the result
 * @param columns columns of the result
 * @param down number of rectangles below each other
 * @param across number of rectangles beside each other
 */
record WorkGrid(int rows, int columns, int down, int across) {
    /** Most rectangles a thread: with several, a thread that is held up keeps nobody waiting. */
    private static final int SHARES = 4;

    /** Multiplications that are worth a share of their own: some 20 µs. */
    private static final int SHARE = 1 << 20;

    /** Nanoseconds a multiplication, and for a number to be packed, plain or transposed. */
    private static final float MULTIPLY = 0.019f;

    private static final float COPY = 0.1f;
    private static final float TURN = 0.2f;

    /** The cut for so many threads. */
    static WorkGrid of(Gemm product, int threads) {
        int rows = product.c().rows();
        int columns = product.c().columns();
        long work = (long) rows * columns * product.a().columns();
        int wanted = threads * Math.clamp(work / SHARE / threads, 1, SHARES);
        float packRow = product.a().inColumns() ? COPY : TURN;
        float packColumn = product.b().columnStep() == 1 ? COPY : TURN;
        int tiles = ceil(rows, MicroKernel.ROWS);
        int panels = ceil(columns, COLUMNS);
        WorkGrid best = new WorkGrid(rows, columns, 1, 1);
        float least = Float.POSITIVE_INFINITY;
        for (int down = 1; down <= Math.min(wanted, tiles); down++) {
            int across = Math.min(panels, ceil(wanted, down));
            int high = Math.min(rows, ceil(tiles, down) * MicroKernel.ROWS);
            int wide = Math.min(columns, ceil(panels, across) * COLUMNS);
            int rowsAgain = ceil(wide, GemmScratch.PANELS * COLUMNS);
            float one = MULTIPLY * high * wide + packRow * high * rowsAgain + packColumn * wide;
            float all = one * ceil(down * across, threads);
            if (all < least) {
                least = all;
                best = new WorkGrid(rows, columns, down, across);
            }
        }
        return best;
    }

    /** First row of a rectangle. */
    int row(int i) {
        int tiles = ceil(rows, MicroKernel.ROWS);
        return Math.min(rows, (int) ((long) tiles * i / down) * MicroKernel.ROWS);
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
