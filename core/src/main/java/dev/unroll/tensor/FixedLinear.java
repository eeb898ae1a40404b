package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Inference;
import dev.unroll.backend.View;
import org.jspecify.annotations.Nullable;

/**
 * y = x·W + b with the weights as they are now, laid out once for many small products: the fast
 * twin of {@link Tensor#linear} for decoding, without a derivative. Good until the weights change.
 */
public final class FixedLinear {
    private final Inference.FixedWeights weights;
    private final @Nullable Tensor bias;

    private FixedLinear(Inference.FixedWeights weights, @Nullable Tensor bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * @param weight [in, out]
     * @param bias [out]; none if null
     */
    public static FixedLinear of(Tensor weight, @Nullable Tensor bias) {
        if (weight.rank() != 2
                || (bias != null && (bias.rank() != 1 || bias.dim(0) != weight.dim(1)))) {
            throw new IllegalArgumentException(
                    "fixed weights are [in, out] with a bias [out], not %s with %s"
                            .formatted(weight.shape(), bias == null ? "none" : bias.shape()));
        }
        return new FixedLinear(Backends.current().inference().fix(weight.view()), bias);
    }

    /** x [rows, in] gives [rows, out]. */
    public Tensor forward(Tensor x) {
        Tensor y = Tensor.allocate(Shape.of(x.dim(0), weights.out()));
        write(x, y.view());
        return y;
    }

    /** Writes the result for x [rows, in] into a view [rows, out]. */
    void write(Tensor x, View y) {
        if (x.rank() != 2 || x.dim(1) != weights.in()) {
            throw new IllegalArgumentException(
                    "fixed weights [%d, %d] cannot follow %s"
                            .formatted(weights.in(), weights.out(), x.shape()));
        }
        Backends.current()
                .inference()
                .multiply(Views.contiguousView(x), weights, bias == null ? null : bias.view(), y);
    }

    /** Numbers in a row of the result. */
    public int out() {
        return weights.out();
    }
}
