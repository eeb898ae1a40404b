package dev.unroll.vector.gemm;

/** The left operand of a product: numbers that can be packed, a block at a time. */
public sealed interface LhsOperand permits Matrix, Patches, PatchColumns {

    /** Number of rows. */
    int rows();

    /** Number of columns. */
    int columns();

    /** Packing gives {@link MicroKernel} columns to read if true, rows if false. */
    boolean inColumns();

    /**
     * Packs a block.
     *
     * @param from first row
     * @param to end of the rows
     * @param k first column
     * @param depth number of columns
     */
    void pack(int from, int to, int k, int depth, float[] packed);
}
