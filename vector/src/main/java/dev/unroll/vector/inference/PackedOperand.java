package dev.unroll.vector.inference;

import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Panels;

/**
 * Weights that stay, in panels.
 *
 * @param panels a copy of the weights
 */
public record PackedOperand(Panels panels) implements FixedWeights {

    /**
     * Copies a matrix.
     *
     * @param plain without vectors
     */
    static PackedOperand of(Workers workers, Matrix m, boolean plain) {
        float[] data = new float[Panels.size(m.rows(), m.columns())];
        return new PackedOperand(Panels.pack(workers, m, data, plain));
    }

    @Override
    public int in() {
        return panels.rows();
    }

    @Override
    public int out() {
        return panels.columns();
    }
}
