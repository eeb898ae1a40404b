package dev.unroll.nn.transformer;

import dev.unroll.backend.CacheIndex;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Sequences;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers that look back at what was written and across at what was read.
 *
 * @param layers the lowest first
 * @param norm after the last layer, where the layers have theirs in front; else null
 */
public record TransformerDecoder(List<DecoderLayer> layers, @Nullable Norm norm) {
    public TransformerDecoder {
        layers = List.copyOf(layers);
    }

    /** Equal layers. */
    public static TransformerDecoder of(
            TransformerShape shape, int layers, Positions positions, Seed seed) {
        List<DecoderLayer> all = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            all.add(DecoderLayer.of(shape, positions, seed.at(l)));
        }
        return new TransformerDecoder(
                all, shape.preNorm() ? Norm.of(shape.norm(), shape.width()) : null);
    }

    /** x [tokens to, width] and memory [tokens from, width] give [tokens to, width]. */
    public Sequences forward(Sequences x, Sequences memory, Mode mode) {
        Sequences y = x;
        for (DecoderLayer layer : layers) {
            y = layer.forward(y, memory, mode);
        }
        return normed(y);
    }

    /** {@link #forward} for one more token of each hypothesis, x [hypotheses, width]. */
    public Sequences step(
            Sequences x,
            BeamHistory.Step step,
            CacheIndex across,
            List<DecoderLayer.Cache> caches) {
        Sequences y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = layers.get(l).step(y, step, across, caches.get(l));
        }
        return normed(y);
    }

    private Sequences normed(Sequences y) {
        return norm == null ? y : y.with(norm.forward(y.rows()));
    }
}
