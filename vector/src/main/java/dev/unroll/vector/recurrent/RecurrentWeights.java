package dev.unroll.vector.recurrent;

import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Gemm;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Panels;

/**
 * Weights packed once for all steps of a recurrence.
 *
 * @param matrix [from, to]
 * @param panels the same, packed
 * @param memory where they are packed
 */
record RecurrentWeights(Matrix matrix, Panels panels, ArrayBuffer memory) {

    static RecurrentWeights of(Workers workers, Matrix matrix) {
        ArrayBuffer memory = Workspace.allocate(Panels.size(matrix.rows(), matrix.columns()));
        Panels panels = Panels.pack(workers, matrix, ArrayBuffer.floats(memory));
        return new RecurrentWeights(matrix, panels, memory);
    }

    /**
     * y = x·w or y += x·w for some rows, on this thread.
     *
     * @param xStep distance between rows of x
     * @param yStep distance between rows of y
     */
    void times(
            int rows,
            float[] x,
            int xAt,
            int xStep,
            float[] y,
            int yAt,
            int yStep,
            boolean accumulate) {
        Matrix left = new Matrix(x, xAt, rows, matrix.rows(), xStep, 1);
        Matrix result = new Matrix(y, yAt, rows, matrix.columns(), yStep, 1);
        new Gemm(left, matrix, panels, result, accumulate).rectangle(0, rows, 0, matrix.columns());
    }

    /** Gives the memory back. */
    void release() {
        Workspace.release(memory);
    }
}
