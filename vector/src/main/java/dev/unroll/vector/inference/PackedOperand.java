package dev.unroll.vector.inference;

import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.vector.base.StridedCopy;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.gemm.Matrix;
import dev.unroll.vector.gemm.Panels;
import org.jspecify.annotations.Nullable;

/**
 * Weights that stay: in panels, or in rows as long as no product in vectors has asked for panels.
 */
public final class PackedOperand implements FixedWeights {
    private final int in;
    private final int out;
    private float @Nullable [] rows;
    private @Nullable Panels panels;

    private PackedOperand(int in, int out, float @Nullable [] rows, @Nullable Panels panels) {
        this.in = in;
        this.out = out;
        this.rows = rows;
        this.panels = panels;
    }

    /** A copy of a matrix, in rows. */
    public static PackedOperand inRows(Matrix m) {
        float[] rows = new float[m.rows() * m.columns()];
        for (int i = 0; i < m.rows(); i++) {
            int to = i * m.columns();
            StridedCopy.copy(m.data(), m.index(i, 0), m.columnStep(), rows, to, 1, m.columns());
        }
        return new PackedOperand(m.rows(), m.columns(), rows, null);
    }

    /** A copy of a matrix, in panels. */
    static PackedOperand inPanels(Workers workers, Matrix m) {
        float[] data = new float[Panels.size(m.rows(), m.columns())];
        return new PackedOperand(m.rows(), m.columns(), null, Panels.pack(workers, m, data));
    }

    @Override
    public int in() {
        return in;
    }

    @Override
    public int out() {
        return out;
    }

    /** [in, out] in rows; null once they are in panels. */
    public synchronized float @Nullable [] rows() {
        return rows;
    }

    /** In panels, from now on. */
    public synchronized Panels panels(Workers workers) {
        Panels made = panels;
        float[] from = rows;
        if (made == null && from != null) {
            Matrix matrix = new Matrix(from, 0, in, out, out, 1);
            made = Panels.pack(workers, matrix, new float[Panels.size(in, out)]);
            panels = made;
            rows = null;
        }
        if (made == null) {
            throw new IllegalStateException("weights without rows and without panels");
        }
        return made;
    }
}
