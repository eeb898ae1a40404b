package dev.unroll.nn.transformer;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Sequences;
import java.util.List;
import java.util.stream.IntStream;
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
        if (layers.stream().map(layer -> layer.attention().pattern()).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the layers of a stack attend by different patterns; give all the same masks");
        }
    }

    /** The keys that each head of each layer may attend to in its own sequence. */
    public HeadMasks pattern() {
        return layers.isEmpty() ? HeadMasks.NONE : layers.getFirst().attention().pattern();
    }

    /** Equal layers. */
    public static TransformerEncoder of(
            TransformerShape shape, int layers, Positions positions, Seed seed) {
        return new TransformerEncoder(
                IntStream.range(0, layers)
                        .mapToObj(l -> EncoderLayer.of(shape, positions, seed.at(l)))
                        .toList(),
                shape.lastNorm());
    }

    /** x [tokens, width] gives [tokens, width]. */
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        Sequences y = x;
        for (EncoderLayer layer : layers) {
            y = layer.forward(y, mask, mode);
        }
        return normed(y);
    }

    /** Empty caches, one for each layer, with room for so many tokens. */
    public List<KeyValueCache> caches(int capacity) {
        return layers.stream().map(layer -> layer.attention().cache(capacity)).toList();
    }

    /** {@link #forward} of prompts, whose keys and values are appended to the layers' caches. */
    public Sequences prefill(Sequences x, Mask mask, List<KeyValueCache> caches) {
        Sequences y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = layers.get(l).prefill(y, mask, caches.get(l));
        }
        return normed(y);
    }

    /** {@link #forward} for one more token of each hypothesis, x [hypotheses, width]. */
    public Sequences step(Sequences x, BeamHistory.Step step, List<KeyValueCache> caches) {
        Sequences y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = layers.get(l).step(y, step, caches.get(l));
        }
        return normed(y);
    }

    private Sequences normed(Sequences y) {
        return norm == null ? y : y.with(norm.forward(y.rows()));
    }
}
