package dev.unroll.nn.transformer;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
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
        Lookups.requireSame(layers.stream().map(EncoderLayer::attention));
    }

    /**
     * Which of the earlier tokens' keys the layers look up while a text is written; layers that
     * keep none do not count.
     */
    public HeadMasks lookups() {
        return Lookups.of(layers.stream().map(EncoderLayer::attention));
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
        Sequences packed = PackedLayers.forward(layers, x, mask, mode);
        if (packed != null) {
            return normed(packed);
        }
        Sequences y = x;
        for (EncoderLayer layer : layers) {
            Sequences in = y;
            y =
                    Observation.ofLayer(
                            () -> layer.forward(in, mask, mode), out -> List.of(out.rows()));
        }
        return normed(y);
    }

    /** The pasts of the layers, at first of no tokens; see {@link SelfAttention#past}. */
    public List<SelfAttention.Past> pasts(int sequences, int tokens) {
        return layers.stream().map(layer -> layer.attention().past(sequences, tokens)).toList();
    }

    /** {@link #forward} of prompts, which the layers' pasts keep. */
    public Sequences prefill(Sequences x, Mask mask, List<SelfAttention.Past> pasts) {
        Sequences y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = layers.get(l).prefill(y, mask, pasts.get(l));
        }
        return normed(y);
    }

    /** {@link #forward} for one more token of each hypothesis, x [hypotheses, width]. */
    public Sequences step(Sequences x, BeamHistory.Step step, List<SelfAttention.Past> pasts) {
        Sequences y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = layers.get(l).step(y, step, pasts.get(l));
        }
        return normed(y);
    }

    private Sequences normed(Sequences y) {
        return norm == null ? y : y.with(norm.forward(y.rows()));
    }
}
