package dev.unroll.nn.layers;

import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.Sizes;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.function.Predicate;

/**
 * A low-rank change of a linear layer's weights, which is trained while they stay as they are
 * ("LoRA", Hu et al. 2021, section 4.1):
 *
 * <pre>
 *   W' = W + A·B·s      y = x·W' = x·W + (x·A)·B·s
 * </pre>
 *
 * It has rank·(in + out) numbers in place of the in·out of W. B begins at 0, so that the first step
 * starts from the layer as it was.
 *
 * @param down A, [in, rank]
 * @param up B, [rank, out]
 * @param scale s, which the paper writes as α/r
 */
public record LowRankAdapter(Parameter down, Parameter up, float scale) {

    /**
     * An adapter of a layer.
     *
     * @param rank numbers in the middle, from 1
     * @param alpha the scale is alpha/rank, so that the rank may change without the learning rate
     */
    public static LowRankAdapter of(Linear layer, int rank, double alpha, Seed seed) {
        Sizes.check("low-rank adapter", "rank", rank, "in", layer.in());
        return new LowRankAdapter(
                seed.at("down").normal(1 / Math.sqrt(layer.in()), layer.in(), rank),
                Parameter.full(0, rank, layer.out()),
                (float) (alpha / rank));
    }

    /** (x·A)·B·s: x [.., in] gives [.., out]. */
    public Tensor forward(Tensor x) {
        return x.matmul(down).matmul(up).times(scale);
    }

    /**
     * {@return a model whose linear layers of some names have an adapter each, and whose other
     * parameters are frozen} The model itself is unchanged, and shares its numbers with the result.
     *
     * @param names of the layers within the model, such as {@code
     *     encoder.layers.layers.0.attention.query}
     * @throws IllegalArgumentException if no layer has such a name, or one has an adapter already
     */
    public static <M> M adapt(M model, Predicate<String> names, int rank, double alpha, Seed seed) {
        int[] adapted = new int[1];
        M frozen = Parameters.map(model, Parameter::frozen);
        M result =
                Parameters.replace(
                        frozen,
                        Linear.class,
                        (name, layer) -> {
                            if (!names.test(name)) {
                                return layer;
                            }
                            if (layer.adapter() != null) {
                                throw new IllegalArgumentException(
                                        name + " has a low-rank adapter: merge it first");
                            }
                            adapted[0]++;
                            return new Linear(
                                    layer.weight(),
                                    layer.bias(),
                                    of(layer, rank, alpha, seed.at(name)));
                        });
        if (adapted[0] == 0) {
            throw new IllegalArgumentException(
                    "no linear layer has a name that is to be adapted; the model's parameters are "
                            + Parameters.of(model).keySet());
        }
        return result;
    }

    /**
     * {@return the model with each adapter added to the weights it adapts, W + A·B·s, and nothing
     * frozen} The result has the layers that the model had before {@link #adapt}, answers as the
     * model does up to rounding, and costs what it did.
     */
    public static <M> M merge(M model) {
        M merged =
                Parameters.replace(
                        model,
                        Linear.class,
                        (name, layer) ->
                                layer.adapter() == null ? layer : layer.adapter().merged(layer));
        return Parameters.map(merged, Parameter::unfrozen);
    }

    private Linear merged(Linear layer) {
        Tensor weight = layer.weight().value().plus(down.value().matmul(up.value()).times(scale));
        return new Linear(Parameter.of(weight.toArray(), weight.shape().dims()), layer.bias());
    }
}
