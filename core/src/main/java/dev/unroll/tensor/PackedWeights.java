package dev.unroll.tensor;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.backend.Inference.FixedWeights;
import dev.unroll.backend.View;
import dev.unroll.backend.WeightStorage;
import java.util.function.Supplier;
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

    private PackedWeights(Copy plain, Copy transposed) {
        this.plain = plain;
        this.transposed = transposed;
    }

    /** Copies beside a matrix, which is kept. */
    static PackedWeights beside(Tensor weight, WeightStorage storage) {
        return new PackedWeights(
                new Copy(weight::view, storage),
                new Copy(() -> weight.view().transposed(), storage));
    }

    /** A copy instead of a matrix, made at once; that of the transpose is made out of it. */
    static PackedWeights alone(Tensor weight, WeightStorage storage) {
        FixedWeights fixed = fix(weight.view(), storage);
        return new PackedWeights(
                new Copy(fixed), new Copy(() -> numbers(fixed).view().transposed(), storage));
    }

    /**
     * Packs weights. Through {@link Backend#groups}, so that the backend does not take it as a use
     * of operations of decoding.
     */
    private static FixedWeights fix(View weight, WeightStorage storage) {
        return Backends.current().groups().inference().fix(weight, storage);
    }

    /** A copy, made when it is first asked for. */
    private static final class Copy {
        private final Supplier<FixedWeights> maker;
        private volatile @Nullable FixedWeights made;

        Copy(FixedWeights made) {
            this.maker = () -> made;
            this.made = made;
        }

        Copy(Supplier<View> weight, WeightStorage storage) {
            this.maker = () -> fix(weight.get(), storage);
        }

        FixedWeights get() {
            FixedWeights known = made;
            return known == null ? make() : known;
        }

        private synchronized FixedWeights make() {
            FixedWeights known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }

    /** The copy of W. */
    FixedWeights fixed() {
        return plain.get();
    }

    /** The numbers of W, [in, out]: each the sum of its product with 1 and of zeros. */
    Tensor numbers() {
        return numbers(plain.get());
    }

    private static Tensor numbers(FixedWeights w) {
        float[] identity = new float[w.in() * w.in()];
        for (int i = 0; i < w.in(); i++) {
            identity[i * w.in() + i] = 1;
        }
        return product(Tensor.of(identity, w.in(), w.in()), w, null);
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
