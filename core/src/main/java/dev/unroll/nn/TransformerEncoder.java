package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers of self-attention, one above another.
 *
 * @param layers the lowest first
 * @param norm after the last layer, where the layers have theirs in front; else null
 */
public record TransformerEncoder(List<EncoderLayer> layers, @Nullable Norm norm) {
    public TransformerEncoder {
        layers = List.copyOf(layers);
    }

    /** Equal layers. */
    public static TransformerEncoder of(
            TransformerShape shape, int layers, Positions positions, Seed seed) {
        List<EncoderLayer> all = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            all.add(EncoderLayer.of(shape, positions, seed.at(l)));
        }
        return new TransformerEncoder(
                all, shape.preNorm() ? Norm.of(shape.norm(), shape.width()) : null);
    }

    /** x [tokens, width] gives [tokens, width]. */
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        Sequences y = x;
        for (EncoderLayer layer : layers) {
            y = layer.forward(y, mask, mode);
        }
        return normed(y);
    }

    Sequences normed(Sequences y) {
        return y.with(normed(y.rows()));
    }

    Tensor normed(Tensor y) {
        return norm == null ? y : norm.forward(y);
    }
}
