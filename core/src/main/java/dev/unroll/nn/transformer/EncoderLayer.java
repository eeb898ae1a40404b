package dev.unroll.nn.transformer;

import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Sequences;
import java.util.List;

/**
 * A Transformer layer that attends to its own sequence (Vaswani et al. 2017, section 3.1):
 * self-attention, then the feed-forward part, each with a residual connection around it. With a
 * causal mask it is the layer of a decoder-only model.
 */
public record EncoderLayer(
        SelfAttention attention,
        Sublayer attentionSublayer,
        FeedForward feedForward,
        Sublayer feedForwardSublayer) {

    public static EncoderLayer of(TransformerShape shape, Positions positions, Seed seed) {
        return new EncoderLayer(
                shape.attention()
                        .of(
                                shape.width(),
                                shape.heads(),
                                shape.keyHeads(),
                                positions,
                                seed.at("attention")),
                Sublayer.of(shape, seed.at("aroundAttention")),
                FeedForward.of(
                        shape.block().activation(),
                        shape.width(),
                        shape.feedForward(),
                        shape.dropout(),
                        seed.at("feedForward")),
                Sublayer.of(shape, seed.at("aroundFeedForward")));
    }

    /** x [tokens, width] gives [tokens, width]. */
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        Sequences packed = PackedLayers.forward(List.of(this), x, mask, mode);
        return packed == null ? formula(x, mask, mode) : packed;
    }

    /** {@link #forward} operation by operation, also where the weights are packed. */
    public Sequences formula(Sequences x, Mask mask, Mode mode) {
        Sequences in = Observation.rows(this, x);
        Sequences a = attentionSublayer.around(in, y -> attention.forward(y, mask, mode), mode);
        return feedForwardSublayer.around(a, y -> feedForward.forward(y, mode), mode);
    }

    /** {@link #forward} of prompts, which are kept. */
    public Sequences prefill(Sequences x, Mask mask, SelfAttention.Past past) {
        Mode mode = Mode.INFERENCE;
        Sequences a = attentionSublayer.around(x, y -> past.prefill(y, mask), mode);
        return feedForwardSublayer.around(a, y -> feedForward.forward(y, mode), mode);
    }

    /** {@link #forward} for one more token of each hypothesis, x [hypotheses, width]. */
    public Sequences step(Sequences x, BeamHistory.Step step, SelfAttention.Past past) {
        Mode mode = Mode.INFERENCE;
        Sequences a = attentionSublayer.around(x, y -> past.step(y, step), mode);
        return feedForwardSublayer.around(a, y -> feedForward.forward(y, mode), mode);
    }
}
