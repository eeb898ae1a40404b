package dev.unroll.vector.gemm;

/**
 * {@link MicroKernel} and {@link RowMajorMicroKernel} where c is no wider than one vector: half the
 * work of a whole tile. Each element is the same chain of fused steps. Without masks: with them the
 * compiler did not inline all of a kernel, and made an object of every vector.
 */
final class EdgeMicroKernel {
    private static final int STEP = RowMajorMicroKernel.STEP;

    private EdgeMicroKernel() {}

    /**
     * c = a·b or c = s + a·b.
     *
     * @param height rows, as {@link MicroKernel#height} gives it
     * @param inColumns whether a is [depth, height] as for {@link MicroKernel}, else rows as for
     *     {@link RowMajorMicroKernel}
     * @param b [depth, COLUMNS], packed
     * @param s [height, a vector], what the sums start at; may be c
     * @param c [height, a vector]
     * @param fresh whether the sums start at 0
     */
    static void run(
            int height,
            boolean inColumns,
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
        int step = height == 12 ? 12 : height == 6 ? 6 : 4;
        for (int i = 0; i < height; i += step) {
            int sFrom = sAt + i * sStep;
            int cFrom = cAt + i * cStep;
            if (inColumns) {
                int at = aAt + i;
                switch (height) {
                    case 12 ->
                            RegisterBlocks.narrowColumns12(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    case 6 ->
                            RegisterBlocks.narrowColumns6(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    default ->
                            RegisterBlocks.narrowColumns4(
                                    depth, a, at, height, b, bAt, s, sFrom, sStep, c, cFrom, cStep,
                                    fresh);
                }
            } else {
                int at = aAt + i * STEP;
                switch (step) {
                    case 12 ->
                            RegisterBlocks.narrowRows12(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    case 6 ->
                            RegisterBlocks.narrowRows6(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                    default ->
                            RegisterBlocks.narrowRows4(
                                    depth, a, at, b, bAt, s, sFrom, sStep, c, cFrom, cStep, fresh);
                }
            }
        }
    }
}
