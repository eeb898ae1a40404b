package dev.unroll.nn;

import dev.unroll.tensor.Sequences;

/**
 * A Transformer layer that looks at its own sequence (Vaswani et al. 2017, section 3.1): attention,
 * then the feed-forward part, each with a way around it. With a causal mask it is the layer of a
 * decoder-only model.
 */
public record EncoderLayer(
        MultiHeadAttention attention,
        Residual aroundAttention,
        FeedForward feedForward,
        Residual aroundFeedForward) {

    static EncoderLayer of(TransformerShape shape, Positions positions, Seed seed) {
        return new EncoderLayer(
                MultiHeadAttention.of(
                        shape.width(),
                        shape.heads(),
                        shape.keyHeads(),
                        positions,
                        seed.at("attention")),
                Residual.of(shape, seed.at("aroundAttention")),
                FeedForward.of(
                        shape.activation(),
                        shape.width(),
                        shape.feedForward(),
                        shape.dropout(),
                        seed.at("feedForward")),
                Residual.of(shape, seed.at("aroundFeedForward")));
    }

    /** x [tokens, width] gives [tokens, width]. */
    public Sequences forward(Sequences x, Mask mask, Mode mode) {
        Sequences y = aroundAttention.in(x);
        Sequences a = aroundAttention.out(x, attention.forward(y, y, mask), mode);
        return aroundFeedForward.out(a, feedForward.forward(aroundFeedForward.in(a), mode), mode);
    }

    /**
     * Tokens further along each sequence.
     *
     * @param out their rows
     * @param seen keys and values so far, theirs included
     */
    public record Step(Sequences out, KeysValues seen) {}

    /** Sequence r of x continues sequence parents[r] of the past. */
    public Step step(Sequences x, int[] parents, KeysValues past, Mask mask) {
        Sequences y = aroundAttention.in(x);
        int[] starts = past.ends(parents);
        KeysValues seen =
                past.extend(parents, attention.keysValues(y, y.layout().positions(starts)));
        Sequences a =
                aroundAttention.out(x, attention.attend(y, seen, mask, starts), Mode.INFERENCE);
        Sequences f = feedForward.forward(aroundFeedForward.in(a), Mode.INFERENCE);
        return new Step(aroundFeedForward.out(a, f, Mode.INFERENCE), seen);
    }
}
