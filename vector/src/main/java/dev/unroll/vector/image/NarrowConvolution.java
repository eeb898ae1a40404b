package dev.unroll.vector.image;

import dev.unroll.vector.base.LaneSums;
import dev.unroll.vector.base.Species;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.BlockScratch;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Patches;
import org.jspecify.annotations.Nullable;

/**
 * {@link Patches} times one or two columns of weights, such as a mask: vectors run along a patch
 * instead of along the columns, of which there are too few.
 */
record NarrowConvolution(Workers workers) {
    private static final int COLUMNS = 2;

    /** Floats of unfolded patches at a time: half of the nearest cache. */
    private static final int NEAR = 4096;

    /** Multiplications that are worth a thread. */
    private static final int LEAST = 1 << 15;

    /** {@return whether there are few columns, and a patch fits} */
    static boolean are(Patches patches, int columns) {
        return columns <= COLUMNS && patches.columns() >= Species.L && step(patches) <= NEAR;
    }

    /** Distance between unfolded patches, with room to write a vector too much. */
    private static int step(Patches patches) {
        return patches.columns() + 2 * Species.L;
    }

    void multiply(Patches patches, Matrix weights, Matrix result, @Nullable Matrix start) {
        int k = patches.columns();
        int columns = result.columns();
        float[] turned = new float[columns * k];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < k; i++) {
                turned[j * k + i] = weights.data()[weights.index(i, j)];
            }
        }
        workers.ranges(
                patches.rows(),
                Math.max(1, LEAST / k),
                (from, end) -> {
                    BlockScratch scratch = BlockScratch.take();
                    float[] some = scratch.rows;
                    int step = step(patches);
                    int few = Math.max(1, NEAR / step);
                    for (int i = from; i < end; i += few) {
                        int count = Math.min(few, end - i);
                        patches.copy(i, i + count, 0, k, some, step);
                        for (int r = 0; r < count; r++) {
                            for (int j = 0; j < columns; j++) {
                                float first =
                                        start == null ? 0 : start.data()[start.index(i + r, j)];
                                result.data()[result.index(i + r, j)] =
                                        first + LaneSums.dot(some, r * step, turned, j * k, k);
                            }
                        }
                    }
                    scratch.give();
                });
    }

    /** Σ of patches times dy over some places: sums [k, columns]. */
    static void weights(Patches patches, Matrix dy, int from, int count, float[] sums, int to) {
        int k = patches.columns();
        int columns = dy.columns();
        float[] turned = new float[columns * k];
        BlockScratch scratch = BlockScratch.take();
        float[] some = scratch.rows;
        int step = step(patches);
        int few = Math.max(1, NEAR / step);
        for (int i = from; i < from + count; i += few) {
            int rows = Math.min(few, from + count - i);
            patches.copy(i, i + rows, 0, k, some, step);
            for (int j = 0; j < columns; j++) {
                int at = dy.index(i, j);
                BlendLoops.addRows(
                        rows, some, 0, step, dy.data(), at, dy.rowStep(), turned, j * k, k);
            }
        }
        scratch.give();
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < k; i++) {
                sums[to + i * columns + j] = turned[j * k + i];
            }
        }
    }
}
