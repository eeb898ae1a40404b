package dev.unroll.vector;

/**
 * Arrays of one thread for one block of a product, made once. Their sizes are those of the caches:
 * rows take half of 512 KiB, a panel 32 KiB.
 */
final class Scratch {
    /** Rows of a block of the left operand: a multiple of every height of a tile. */
    static final int ROWS = 264;

    /** Depth of a block. */
    static final int DEPTH = 256;

    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    final float[] rows = new float[Packing.rowsSize(ROWS, DEPTH)];
    final float[] panel = new float[DEPTH * Tile.COLUMNS];
    final float[] tile = new float[Tile.ROWS * Tile.COLUMNS];

    private Scratch() {}

    static Scratch own() {
        return OWN.get();
    }
}
