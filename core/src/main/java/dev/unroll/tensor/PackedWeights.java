package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.View;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a matrix in the order in which the backend multiplies by it fastest when there are few
 * rows. The matrix and its transpose are packed separately, each when a product first asks for it:
 * an embedding that is only looked up is never packed, and one that is also the output's weight is
 * packed transposed. Safe to use from many threads.
 */
final class PackedWeights {
    private final Tensor weight; // [in, out]
    private volatile @Nullable FixedWeights plain;
    private volatile @Nullable FixedWeights transposed;

    PackedWeights(Tensor weight) {
        this.weight = weight;
    }

    /** x·W + b, or x·W where b is null: x [rows, in] gives [rows, out]. */
    Tensor product(Tensor x, @Nullable Tensor b) {
        FixedWeights w = plain;
        return product(x, w == null ? packPlain() : w, b);
    }

    /** x·Wᵀ + b, or x·Wᵀ where b is null: x [rows, out] gives [rows, in]. */
    Tensor transposedProduct(Tensor x, @Nullable Tensor b) {
        FixedWeights w = transposed;
        return product(x, w == null ? packTransposed() : w, b);
    }

    /** y = x·W + b, or x·W where b is null: x is [rows, in] and y [rows, out]. */
    void product(Tensor x, @Nullable Tensor b, View y) {
        FixedWeights w = plain;
        product(x, w == null ? packPlain() : w, b, y);
    }

    private static Tensor product(Tensor x, FixedWeights w, @Nullable Tensor b) {
        Tensor y = Tensor.allocate(Shape.of(x.dim(0), w.out()));
        product(x, w, b, y.view());
        return y;
    }

    private static void product(Tensor x, FixedWeights w, @Nullable Tensor b, View y) {
        View bias = b == null ? null : Views.contiguousView(b);
        Backends.current().inference().multiply(Views.inWholeRows(x).view(), w, bias, y);
    }

    private synchronized FixedWeights packPlain() {
        FixedWeights made = plain;
        if (made == null) {
            made = Backends.current().inference().fix(weight.view());
            plain = made;
        }
        return made;
    }

    private synchronized FixedWeights packTransposed() {
        FixedWeights made = transposed;
        if (made == null) {
            made = Backends.current().inference().fix(weight.view().transposed());
            transposed = made;
        }
        return made;
    }
}
