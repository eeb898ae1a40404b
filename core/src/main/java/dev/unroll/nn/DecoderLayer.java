package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * A Transformer layer that looks back at its own sequence and across at another (Vaswani et al.
 * 2017, section 3.1).
 */
public record DecoderLayer(
        MultiHeadAttention attention,
        Residual aroundAttention,
        MultiHeadAttention cross,
        Residual aroundCross,
        FeedForward feedForward,
        Residual aroundFeedForward) {

    static DecoderLayer of(TransformerShape shape, Positions positions, Seed seed) {
        EncoderLayer self = EncoderLayer.of(shape, positions, seed);
        return new DecoderLayer(
                self.attention(),
                self.aroundAttention(),
                MultiHeadAttention.of(
                        shape.width(),
                        shape.heads(),
                        shape.keyHeads(),
                        new Positions.NoPositions(),
                        seed.at("cross")),
                Residual.of(shape, seed.at("aroundCross")),
                self.feedForward(),
                self.aroundFeedForward());
    }

    /** x [tokens to, width] looks back at itself and across at memory [tokens from, width]. */
    public Sequences forward(Sequences x, Sequences memory, Mode mode) {
        Sequences y = aroundAttention.in(x);
        Sequences a = aroundAttention.out(x, attention.forward(y, y, Mask.CAUSAL), mode);
        Sequences across = cross.forward(aroundCross.in(a), memory, Mask.NONE);
        Sequences b = aroundCross.out(a, across, mode);
        return aroundFeedForward.out(b, feedForward.forward(aroundFeedForward.in(b), mode), mode);
    }

    /** How much x looks across at memory of one sequence: [to, from], the mean of the heads. */
    Tensor looks(Sequences x, Sequences memory) {
        Sequences y = aroundAttention.in(x);
        Sequences a = aroundAttention.out(x, attention.forward(y, y, Mask.CAUSAL), Mode.INFERENCE);
        return cross.weights(aroundCross.in(a), memory, Mask.NONE, 0);
    }
}
