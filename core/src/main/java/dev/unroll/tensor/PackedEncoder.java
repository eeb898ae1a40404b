package dev.unroll.tensor;

import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.Backends;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.Unary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers of an encoder with packed weights as one operation without derivative: the fast twin of
 * the layers' formulas, to the same bits.
 */
public final class PackedEncoder {
    private PackedEncoder() {}

    /**
     * A linear function.
     *
     * @param weight [in, out], {@linkplain Parameter#packed() packed}
     * @param bias [out]; none if null
     */
    public record Product(Parameter weight, @Nullable Parameter bias) {}

    /**
     * A layer norm.
     *
     * @param gain [width]
     * @param bias [width]
     * @param epsilon added to the variance
     */
    public record Norm(Parameter gain, Parameter bias, float epsilon) {}

    /**
     * The parameters of a layer.
     *
     * @param query [width, heads·d]
     * @param key [width, keyHeads·d]
     * @param value [width, keyHeads·dv]
     * @param output [heads·dv, width]
     * @param attentionNorm after attention, or before it
     * @param in [width, inside]
     * @param function between the two products
     * @param out [inside, width]
     * @param feedForwardNorm after the feed-forward part, or before it
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
            Norm feedForwardNorm) {

        /** {@return whether packed products may be used: all are packed, and no tape runs} */
        public boolean usable() {
            return usable(query)
                    && usable(key)
                    && usable(value)
                    && usable(output)
                    && usable(in)
                    && usable(out);
        }

        private static boolean usable(Product product) {
            return product.weight.packedWeights() != null;
        }
    }

    /**
     * Rows through all layers.
     *
     * @param x [rows, width]
     * @param preNorm whether the norms come before the parts instead of after the sums
     * @param layers each of them {@linkplain Layer#usable() usable}
     * @return [rows, width]
     */
    public static Tensor forward(
            Tensor x, AttentionShape attention, boolean preNorm, List<Layer> layers) {
        List<EncoderStack.Layer> fixed = new ArrayList<>();
        for (Layer layer : layers) {
            fixed.add(fixed(x, layer));
        }
        Tensor y = Tensor.allocate(x.shape());
        EncoderStack stack = new EncoderStack(attention, preNorm, fixed);
        Backends.current().encoders().encode(stack, Views.contiguousView(x), y.view());
        return Tape.record(
                y,
                dy -> {
                    throw new IllegalStateException("a packed encoder has no derivative");
                },
                inputs(x, layers));
    }

    private static EncoderStack.Layer fixed(Tensor x, Layer layer) {
        MatMul.check(x, layer.query.weight.shaped());
        MatMul.check(x, layer.key.weight.shaped());
        MatMul.check(x, layer.value.weight.shaped());
        MatMul.check(x, layer.in.weight.shaped());
        return new EncoderStack.Layer(
                fixed(layer.query),
                fixed(layer.key),
                fixed(layer.value),
                fixed(layer.output),
                fixed(layer.attentionNorm),
                fixed(layer.in),
                layer.function,
                fixed(layer.out),
                fixed(layer.feedForwardNorm));
    }

    private static EncoderStack.Product fixed(Product product) {
        PackedWeights packed = product.weight.packedWeights();
        if (packed == null) {
            throw new IllegalStateException("the weights are not packed, or a tape runs");
        }
        Parameter bias = product.bias;
        return new EncoderStack.Product(
                packed.fixed(), bias == null ? null : Views.contiguousView(bias.value()));
    }

    private static EncoderStack.Norm fixed(Norm norm) {
        return new EncoderStack.Norm(
                Views.contiguousView(norm.gain.value()),
                Views.contiguousView(norm.bias.value()),
                norm.epsilon);
    }

    /** What the result depends on: a layer's first weight stands for all of them. */
    private static Tensor[] inputs(Tensor x, List<Layer> layers) {
        return layers.isEmpty()
                ? new Tensor[] {x}
                : new Tensor[] {x, layers.getFirst().query.weight.shaped()};
    }
}
