package dev.unroll.nn.transformer;

import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.HeadMasks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Sequences;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Layers that attend back to the target and across to the encoded source.
 *
 * @param layers the lowest first
 * @param norm after the last layer, where the layers have theirs in front; else null
 */
public record TransformerDecoder(List<DecoderLayer> layers, @Nullable Norm norm) {
    public TransformerDecoder {
        layers = List.copyOf(layers);
        Lookups.requireSame(layers.stream().map(DecoderLayer::attention));
    }

    /**
     * Which of the earlier tokens' keys the layers look up while a text is written; layers that
     * keep none do not count.
     */
    public HeadMasks lookups() {
        return Lookups.of(layers.stream().map(DecoderLayer::attention));
    }

    /** Equal layers; the rows of their memory have the shape's width. */
    public static TransformerDecoder of(
            TransformerShape shape, int layers, Positions positions, Seed seed) {
        return of(shape, layers, shape.width(), positions, seed);
    }

    /**
     * Equal layers.
     *
     * @param read width of the rows of the memory
     */
    public static TransformerDecoder of(
            TransformerShape shape, int layers, int read, Positions positions, Seed seed) {
        return new TransformerDecoder(
                IntStream.range(0, layers)
                        .mapToObj(l -> DecoderLayer.of(shape, read, positions, seed.at(l)))
                        .toList(),
                shape.lastNorm());
    }

    /** x [tokens to, width] and memory [tokens from, read] give [tokens to, width]. */
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
