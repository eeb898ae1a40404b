package dev.unroll.vector.inference;

import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.WeightStorage;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.CompactPanels;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Panels;
import dev.unroll.vector.gemm.RightPanels;

/**
 * Weights that stay, in panels.
 *
 * @param panels a copy of the weights
 */
public record PackedOperand(RightPanels panels) implements FixedWeights {

    /**
     * Copies a matrix.
     *
     * @param plain without vectors
     */
    static PackedOperand of(Workers workers, Matrix m, WeightStorage storage, boolean plain) {
        if (storage != WeightStorage.F32) {
            return new PackedOperand(CompactPanels.pack(workers, m, storage));
        }
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
