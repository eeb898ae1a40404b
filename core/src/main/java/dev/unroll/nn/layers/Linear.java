package dev.unroll.nn.layers;

import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.FusedLinear;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * y = x·W + b, and where an adapter is trained in place of W, y = x·W + b + (x·A)·B·s.
 *
 * @param weight W, [in, out]
 * @param bias b, [out]; none if null
 * @param adapter A, B and s of a low-rank adapter; none if null
 */
public record Linear(Parameter weight, @Nullable Parameter bias, @Nullable LowRankAdapter adapter) {
    /** Rows from which on copying weights costs little beside multiplying by them. */
    private static final int WORTH_A_COPY = 64;

    /** A layer without an adapter. */
    public Linear(Parameter weight, @Nullable Parameter bias) {
        this(weight, bias, null);
    }

    /** Weights after Glorot (2010), bias 0. */
    public static Linear of(int in, int out, Seed seed) {
        Sizes.check("linear", "in", in, "out", out);
        return new Linear(seed.at("weight").glorot(in, out), Parameter.full(0, out));
    }

    /** Weights after Glorot (2010), and no bias. */
    public static Linear withoutBias(int in, int out, Seed seed) {
        Sizes.check("linear", "in", in, "out", out);
        return new Linear(seed.at("weight").glorot(in, out), null);
    }

    /** x [.., in] gives [.., out]. */
    public Tensor forward(Tensor x) {
        Tensor y = bias == null ? x.matmul(weight) : x.linear(weight, bias);
        return adapter == null ? y : y.plus(adapter.forward(x));
    }

    /**
     * Several layers of the same rows x [rows, in], each [rows, its out]: as one product where that
     * is worth a copy of the weights, and one by one where they are packed or adapted, or the rows
     * are few.
     */
    public static Tensor[] together(Tensor x, Linear... layers) {
        Tensor[] weights = new Tensor[layers.length];
        Tensor[] biases = new Tensor[layers.length];
        for (int i = 0; i < layers.length; i++) {
            Parameter bias = layers[i].bias;
            if (bias == null
                    || layers[i].adapter != null
                    || x.dim(0) < WORTH_A_COPY
                    || layers[i].weight.isPacked()) {
                return Arrays.stream(layers).map(l -> l.forward(x)).toArray(Tensor[]::new);
            }
            weights[i] = layers[i].weight.value();
            biases[i] = bias.value();
        }
        return FusedLinear.linear(x, weights, biases);
    }

    /** Each row by itself. */
    public Sequences forward(Sequences x) {
        return x.with(forward(x.rows()));
    }

    /** Numbers in a row that comes in. */
    public int in() {
        return weight.shape().dim(0);
    }

    /** Numbers in a row of the result. */
    public int out() {
        return weight.shape().dim(1);
    }
}
