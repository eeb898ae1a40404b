package dev.unroll.backend;

import dev.unroll.backend.Inference.FixedWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers of a Transformer's encoder whose weights stay: self-attention and a feed-forward part,
 * each with a residual connection and a layer norm (Vaswani et al. 2017, section 3.1).
 *
 * @param attention which rows attend to which, the same in every layer
 * @param preNorm whether the norms come before the parts instead of after the sums
 * @param layers the lowest first
 */
public record EncoderStack(AttentionShape attention, boolean preNorm, List<Layer> layers) {

    public EncoderStack {
        layers = List.copyOf(layers);
    }

    /** Number of rows, of all sequences together. */
    public int rows() {
        return attention.queryOffsets()[attention.batch()];
    }

    /**
     * One layer.
     *
     * @param query [width, heads·d]
     * @param key [width, keyHeads·d]
     * @param value [width, keyHeads·dv]
     * @param output [heads·dv, width]
     * @param attentionNorm of the part that attends
     * @param in [width, inside]
     * @param function between the two products
     * @param out [inside, width]
     * @param feedForwardNorm of the feed-forward part
     */
    public record Layer(
            Product query,
            Product key,
            Product value,
            Product output,
            Norm attentionNorm,
            Product in,
            Unary function,
            Product out,
            Norm feedForwardNorm) {}

    /**
     * x·W + b.
     *
     * @param weights W
     * @param bias b, contiguous; 0 if null
     */
    public record Product(FixedWeights weights, @Nullable View bias) {}

    /**
     * Layer norm (Ba et al. 2016, eq. 4).
     *
     * @param gain [width], contiguous
     * @param bias [width], contiguous
     * @param epsilon added to the variance
     */
    public record Norm(View gain, View bias, float epsilon) {}
}
