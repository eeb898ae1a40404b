package dev.unroll.vector;

/**
 * Arrays of one thread for one block of a product, made once: a block of rows and the panels it
 * meets take half of a second cache of 1 MiB.
 */
public final class Scratch {
    /** Rows of a block of the left operand: a multiple of every height of a tile. */
    static final int ROWS = 192;

    /** Depth of a block. */
    public static final int DEPTH = 384;

    /** Panels packed at once for many blocks of rows. */
    static final int PANELS = 512 / Tile.COLUMNS;

    /** Panels packed for one block of rows: longer runs of memory than one are read faster. */
    static final int FEW = 4;

    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    public final float[] rows = new float[Packing.rowsSize(ROWS)];
    final float[] panels = new float[PANELS * DEPTH * Tile.COLUMNS];
    public final float[] tile = new float[Tile.ROWS * Tile.COLUMNS];
    final float[] turned = new float[Transposing.SIZE];
    final float[] patches = new float[PatchColumns.room()];
    final float[] thin = new float[Thin.SIZE];

    private Scratch() {}

    public static Scratch own() {
        return OWN.get();
    }
}
