package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a matrix in the order in which the backend multiplies by it fastest when there are few
 * rows. The matrix and its transpose are packed separately, each when a product first asks for it:
 * an embedding that is only looked up is never packed, and one that is also the output's weight is
 * packed transposed. Safe to use from many threads.
 */
final class PackedWeights {
    private final Copy plain; // [in, out]
    private final Copy transposed;

    PackedWeights(Tensor weight, WeightStorage storage) {
        plain = new Copy(weight.view(), storage);
        transposed = new Copy(weight.view().transposed(), storage);
    }

    /** A copy, made when it is first asked for. */
    private static final class Copy {
        private final View weight;
        private final WeightStorage storage;
        private volatile @Nullable FixedWeights made;

        Copy(View weight, WeightStorage storage) {
            this.weight = weight;
            this.storage = storage;
        }

        FixedWeights get() {
            FixedWeights known = made;
            return known == null ? make() : known;
        }

        private synchronized FixedWeights make() {
            FixedWeights known = made;
            if (known == null) {
                known = Backends.current().inference().fix(weight, storage);
                made = known;
            }
            return known;
        }
    }

    /** The copy of W. */
    FixedWeights fixed() {
        return plain.get();
    }

    /** x·W + b, or x·W where b is null: x [rows, in] gives [rows, out]. */
    Tensor product(Tensor x, @Nullable Tensor b) {
        return product(x, plain.get(), b);
    }

    /** x·Wᵀ + b, or x·Wᵀ where b is null: x [rows, out] gives [rows, in]. */
    Tensor transposedProduct(Tensor x, @Nullable Tensor b) {
        return product(x, transposed.get(), b);
    }

    /** y = x·W + b, or x·W where b is null: x is [rows, in] and y [rows, out]. */
    void product(Tensor x, @Nullable Tensor b, View y) {
        product(x, plain.get(), b, y);
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
}
