package dev.unroll.vector.gemm;

import dev.unroll.vector.base.Species;

/**
 * {@link Patches} transposed, of a range of places: the left operand of the product that gives the
 * derivative by a convolution's weights.
 *
 * @param first number of the first place
 * @param columns number of places
 */
public record PatchColumns(Patches patches, int first, int columns) implements LhsOperand {
    /** Places turned at a time: they stay in the nearest cache. */
    private static final int FEW = 32;

    @Override
    public int rows() {
        return patches.columns();
    }

    @Override
    public boolean inColumns() {
        return true;
    }

    @Override
    public void pack(int from, int to, int k, int depth, float[] packed) {
        float[] some = GemmScratch.own().patches;
        int wide = to - from;
        for (int c = 0; c < depth; c += FEW) {
            int count = Math.min(FEW, depth - c);
            int place = first + k + c;
            patches.copy(place, place + count, from, wide, some, GemmScratch.ROWS);
            for (int i = 0; i < wide; i += MicroKernel.height(wide - i)) {
                int height = MicroKernel.height(wide - i);
                int to1 = i * depth + c * height;
                int end = i * depth + depth * height;
                int rows = Math.min(height, wide - i);
                Packing.runs(count, some, i, GemmScratch.ROWS, rows, packed, to1, height, end);
            }
        }
    }

    /** Floats that {@link #pack} needs. */
    static int room() {
        return FEW * GemmScratch.ROWS + Species.L;
    }
}
