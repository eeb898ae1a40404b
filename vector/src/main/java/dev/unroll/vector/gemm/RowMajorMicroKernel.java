package dev.unroll.vector.gemm;

/**
 * The same as {@link MicroKernel} where the numbers of a row of a lie together: they need only be
 * copied, not turned, to be as far apart as the compiler knows. With rows at a distance it does not
 * know, where they lie, the loop ran at 74 GFLOP/s instead of 114.
 */
final class RowMajorMicroKernel {
    /** Distance between rows of a. */
    static final int STEP = GemmScratch.DEPTH;

    private RowMajorMicroKernel() {}

    /**
     * c = a·b or c = s + a·b.
     *
     * @param height rows, as {@link MicroKernel#height} gives it
     * @param depth size of the inner dimension
     * @param a [height, depth], rows STEP apart
     * @param b [depth, COLUMNS], packed
     * @param s [height, COLUMNS], what the sums start at; may be c
     * @param sStep distance between rows of s; 0 repeats one
     * @param c [height, COLUMNS]
     * @param cStep distance between rows of c
     * @param fresh whether the sums start at 0
     */
    static void run(
            int height,
            int depth,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sStep,
            float[] c,
            int cAt,
            int cStep,
            boolean fresh) {
        switch (height) {
            case 12 ->
                    RegisterBlocks.rows12(
                            depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            case 8 ->
                    RegisterBlocks.rows8(
                            depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            case 6 ->
                    RegisterBlocks.rows6(
                            depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
            default ->
                    RegisterBlocks.rows4(
                            depth, a, aAt, b, bAt, s, sAt, sStep, c, cAt, cStep, fresh);
        }
    }
}
