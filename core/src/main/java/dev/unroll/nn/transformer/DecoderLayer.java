package dev.unroll.nn.transformer;

import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.BeamHistory;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * A Transformer layer that attends back to its own sequence and across to another (Vaswani et al.
 * 2017, section 3.1).
 */
public record DecoderLayer(
        SelfAttention attention,
        Sublayer attentionSublayer,
        MultiHeadAttention cross,
        Sublayer crossSublayer,
        FeedForward feedForward,
        Sublayer feedForwardSublayer) {

    /**
     * A layer of a shape.
     *
     * @param read width of the rows of the memory, which may differ from the shape's
     */
    public static DecoderLayer of(
            TransformerShape shape, int read, Positions positions, Seed seed) {
        EncoderLayer self = EncoderLayer.of(shape, positions, seed);
        return new DecoderLayer(
                self.attention(),
                self.attentionSublayer(),
                cross(shape, read, seed.at("cross")),
                Sublayer.of(shape, seed.at("aroundCross")),
                self.feedForward(),
                self.feedForwardSublayer());
    }

    private static MultiHeadAttention cross(TransformerShape shape, int read, Seed seed) {
        return MultiHeadAttention.cross(shape.width(), read, shape.heads(), shape.keyHeads(), seed)
                .dropout(Dropout.of(shape.attention().dropout(), seed.at("dropout")));
    }

    /** x [tokens to, width] attends back to itself and across to memory [tokens from, read]. */
    public Sequences forward(Sequences x, Sequences memory, Mode mode) {
        Sequences in = Observation.rows(this, x);
        Sequences a =
                attentionSublayer.around(in, y -> attention.forward(y, Masks.CAUSAL, mode), mode);
        Sequences b =
                crossSublayer.around(a, y -> cross.forward(y, memory, Masks.NONE, mode), mode);
        return feedForwardSublayer.around(b, y -> feedForward.forward(y, mode), mode);
    }

    /**
     * What a layer keeps while a search goes on.
     *
     * @param own the tokens written so far
     * @param memory keys and values of the rows that are attended to
     */
    public record Cache(SelfAttention.Past own, KeyValueCache memory) {}

    /** A cache that holds the keys and values of memory [tokens from, read]. */
    public Cache cache(Sequences memory, int capacity) {
        KeyValueCache read = cross.cache(memory.layout().tokens());
        cross.remember(memory.rows(), memory.layout().positions(), read);
        return new Cache(attention.past(memory.layout().batch(), capacity), read);
    }

    /**
     * {@link #forward} for one more token of each hypothesis, x [hypotheses, width].
     *
     * @param across the rows of memory that each hypothesis sees
     */
    public Sequences step(Sequences x, BeamHistory.Step step, CacheIndex across, Cache cache) {
        Mode mode = Mode.INFERENCE;
        Sequences a = attentionSublayer.around(x, y -> cache.own.step(y, step), mode);
        Sequences b =
                crossSublayer.around(
                        a,
                        y ->
                                y.with(
                                        cross.attend(
                                                y.rows(),
                                                step.positions(),
                                                cache.memory,
                                                List.of(across))),
                        mode);
        return feedForwardSublayer.around(b, y -> feedForward.forward(y, mode), mode);
    }

    /** The weights of x's attention to the memory of one sequence: [to, from], the heads' mean. */
    public Tensor attentionWeights(Sequences x, Sequences memory) {
        Sequences a =
                attentionSublayer.around(
                        x, y -> attention.forward(y, Masks.CAUSAL), Mode.INFERENCE);
        return cross.attentionWeights(crossSublayer.input(a), memory, Masks.NONE, 0);
    }
}
