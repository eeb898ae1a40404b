package dev.unroll.vector.recurrent;

import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Gemm;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Panels;
import dev.unroll.vector.gemm.PlainGemm;
import java.util.Arrays;

/**
 * Weights packed once for all steps of a recurrence.
 *
 * @param matrix [from, to]
 * @param panels the same, packed
 * @param memory where they are packed
 * @param plain without vectors, to the same bits
 */
record RecurrentWeights(Matrix matrix, Panels panels, ArrayBuffer memory, boolean plain) {

    static RecurrentWeights of(Workers workers, Matrix matrix) {
        return of(workers, matrix, false);
    }

    /**
     * Packs weights.
     *
     * @param matrix [from, to]
     * @param plain without vectors
     */
    static RecurrentWeights of(Workers workers, Matrix matrix, boolean plain) {
        ArrayBuffer memory = Workspace.allocate(Panels.size(matrix.rows(), matrix.columns()));
        Panels panels = Panels.pack(workers, matrix, ArrayBuffer.floats(memory), plain);
        return new RecurrentWeights(matrix, panels, memory, plain);
    }

    /** y = x·w or y += x·w for some rows, on this thread. */
    void times(int rows, Spans x, Spans y, boolean accumulate) {
        Matrix left = new Matrix(x.data(), x.at(), rows, matrix.rows(), x.step(), 1);
        Matrix result = new Matrix(y.data(), y.at(), rows, matrix.columns(), y.step(), 1);
        if (plain) {
            if (!accumulate) {
                for (int i = 0; i < rows; i++) {
                    int from = result.index(i, 0);
                    Arrays.fill(result.data(), from, from + result.columns(), 0);
                }
            }
            PlainGemm.add(left, panels, result, 0, result.columns());
            return;
        }
        new Gemm(left, matrix, panels, result, accumulate).rectangle(0, rows, 0, matrix.columns());
    }

    /** Gives the memory back. */
    void release() {
        Workspace.release(memory);
    }
}
