package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Matrix products and their derivatives: dA = dY·Bᵀ, dB = Aᵀ·dY. */
final class MatMul {
    private MatMul() {}

    /** a·b, from the packed copy of b where there is one that may be used. */
    static Tensor matmul(Tensor a, Parameter b) {
        PackedWeights packed = b.packedWeights();
        if (packed == null) {
            return matmul(a, b.value());
        }
        check(a, b.shaped());
        Tensor y = packed.product(rows(a), null).reshape(dims(a, b.shaped()));
        return withoutDerivative(y, a, b.shaped());
    }

    /** x·w + b, from the packed copy of w where there is one that may be used. */
    static Tensor linear(Tensor x, Parameter w, Parameter b) {
        PackedWeights packed = w.packedWeights();
        if (packed == null) {
            return linear(x, w.value(), b.value());
        }
        check(x, w.shaped());
        checkBias("linear", x, w.shaped(), b.value());
        Tensor y = packed.product(rows(x), b.value()).reshape(dims(x, w.shaped()));
        return withoutDerivative(y, x, w.shaped(), b.value());
    }

    /** y = x·w + b, or x·w where b is null, without derivative: x [rows, in], y [rows, out]. */
    static void linear(Tensor x, Parameter w, @Nullable Parameter b, View y) {
        PackedWeights packed = w.packedWeights();
        check(x, w.shaped());
        if (b != null) {
            checkBias("linear", x, w.shaped(), b.value());
        }
        if (packed != null) {
            packed.product(x, b == null ? null : b.value(), y);
        } else if (b == null) {
            Backends.current().products().matmul(x.view(), w.value().view(), y, false);
        } else {
            addProduct(x, w.value(), b.value(), y);
        }
    }

    /** x·wᵀ + b, from the packed copy of w where there is one that may be used. */
    static Tensor linearTransposed(Tensor x, Parameter w, Parameter b) {
        PackedWeights packed = w.packedWeights();
        if (packed == null) {
            return linear(x, w.value().transpose(), b.value());
        }
        Tensor weight = w.shaped().transpose();
        check(x, weight);
        checkBias("linear", x, weight, b.value());
        Tensor y = packed.transposedProduct(rows(x), b.value()).reshape(dims(x, weight));
        return withoutDerivative(y, x, w.shaped(), b.value());
    }

    /** A packed product, which is made only where this thread notes no operations. */
    private static Tensor withoutDerivative(Tensor y, Tensor... inputs) {
        return Tape.record(
                y,
                dy -> {
                    throw new IllegalStateException("a packed product has no derivative");
                },
                inputs);
    }

    static Tensor matmul(Tensor a, Tensor b) {
        check(a, b);
        if (b.rank() == 2) {
            return a.rank() == 2 ? product(a, b) : product(rows(a), b).reshape(dims(a, b));
        }
        return product(matrices(a), matrices(b)).reshape(dims(a, b));
    }

    /** x·w + b in one pass: the fast twin of {@code x.matmul(w).plus(b)}. */
    static Tensor linear(Tensor x, Tensor w, Tensor b) {
        check(x, w);
        checkBias("linear", x, w, b);
        if (x.rank() != 2) {
            return linear(rows(x), w, b).reshape(dims(x, w));
        }
        Tensor y = Tensor.allocate(Shape.of(x.dim(0), w.dim(1)));
        addProduct(x, w, b, y.view());
        boolean input = Tape.tracks(x);
        return Tape.record(
                y,
                dy ->
                        new @Nullable Tensor[] {
                            input ? plain(dy, w.transpose()) : null,
                            plain(x.transpose(), dy),
                            dy.sum(0)
                        },
                x,
                w,
                b);
    }

    /** y = x·w + b. */
    static void addProduct(Tensor x, Tensor w, Tensor b, View y) {
        Backends.current().products().linear(x.view(), w.view(), b.view(), y);
    }

    /** Two matrices, or as many of one as of the other. */
    private static Tensor product(Tensor a, Tensor b) {
        boolean left = Tape.tracks(a);
        boolean right = Tape.tracks(b);
        return Tape.record(
                plain(a, b),
                dy ->
                        new @Nullable Tensor[] {
                            left ? plain(dy, b.transpose()) : null,
                            right ? plain(a.transpose(), dy) : null
                        },
                a,
                b);
    }

    /** The product alone, without derivative. */
    static Tensor plain(Tensor a, Tensor b) {
        Tensor y = Tensor.allocate(new Shape(dims(a, b)));
        Backends.current().products().matmul(a.view(), b.view(), y.view(), false);
        return y;
    }

    private static int[] dims(Tensor a, Tensor b) {
        int[] dims = a.shape().dims().clone();
        dims[dims.length - 1] = b.dim(-1);
        return dims;
    }

    private static Tensor rows(Tensor x) {
        int rows = 1;
        for (int i = 0; i < x.rank() - 1; i++) {
            rows *= x.dim(i);
        }
        return x.reshape(rows, x.dim(-1));
    }

    private static Tensor matrices(Tensor x) {
        if (x.rank() == 3) {
            return x;
        }
        int batch = 1;
        for (int i = 0; i < x.rank() - 2; i++) {
            batch *= x.dim(i);
        }
        return x.reshape(batch, x.dim(-2), x.dim(-1));
    }

    static void checkBias(String name, Tensor x, Tensor w, Tensor b) {
        if (w.rank() != 2 || b.rank() != 1 || b.dim(0) != w.dim(1)) {
            throw new IllegalArgumentException(
                    "%s: %s x %s + %s: the bias is [%d]"
                            .formatted(name, x.shape(), w.shape(), b.shape(), w.dim(-1)));
        }
    }

    static void check(Tensor a, Tensor b) {
        if (a.rank() < 2 || b.rank() < 2) {
            throw mismatch(a, b, "both need at least 2 dimensions");
        }
        if (a.dim(-1) != b.dim(-2)) {
            throw mismatch(a, b, "inner sizes %d and %d differ".formatted(a.dim(-1), b.dim(-2)));
        }
        int[] leftBatch = Arrays.copyOf(a.shape().dims(), a.rank() - 2);
        int[] rightBatch = Arrays.copyOf(b.shape().dims(), b.rank() - 2);
        if (b.rank() > 2 && !Arrays.equals(leftBatch, rightBatch)) {
            throw mismatch(a, b, "leading sizes differ");
        }
    }

    private static IllegalArgumentException mismatch(Tensor a, Tensor b, String why) {
        return new IllegalArgumentException(
                "matmul: " + a.shape() + " x " + b.shape() + ": " + why);
    }
}
