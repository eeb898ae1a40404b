package dev.unroll.vector.gemm;

/** Small arrays of one thread for products, made once; {@link BlockScratch} has the large ones. */
public final class GemmScratch {
    /** Rows of a block of the left operand: a multiple of every height of a tile. */
    static final int ROWS = 192;

    /** Depth of a block. */
    public static final int DEPTH = 384;

    /** Panels packed at once for many blocks of rows. */
    static final int PANELS = 512 / MicroKernel.COLUMNS;

    /** Panels packed for one block of rows: longer runs of memory than one are read faster. */
    static final int FEW = 4;

    private static final ThreadLocal<GemmScratch> OWN = ThreadLocal.withInitial(GemmScratch::new);

    public final float[] tile = new float[MicroKernel.ROWS * MicroKernel.COLUMNS];
    final float[] turned = new float[Transposing.SIZE];
    final float[] patches = new float[PatchColumns.room()];
    final float[] opened = new float[CompactPanels.OPENED * MicroKernel.COLUMNS];
    final float[] thin = new float[SkinnyGemm.SIZE];

    private GemmScratch() {}

    public static GemmScratch own() {
        return OWN.get();
    }
}
