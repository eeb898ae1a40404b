package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;

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

    /**
     * One token further: row r of x continues row parents[r] of the past.
     *
     * @param x one token a row
     * @param memory what the rows look across at, one sequence a sentence
     * @param bySentence the rows as queries of their sentences
     */
    public EncoderLayer.Step step(
            Sequences x, int[] parents, KeysValues past, KeysValues memory, Layout bySentence) {
        Sequences y = aroundAttention.in(x);
        int[] starts = past.ends(parents);
        KeysValues seen = past.extend(parents, attention.keysValues(y, starts));
        Sequences self = attention.attend(y, seen, Mask.CAUSAL, starts);
        Sequences a = aroundAttention.out(x, self, Mode.INFERENCE);
        Sequences asked = new Sequences(aroundCross.in(a).rows(), bySentence);
        Sequences across = cross.attend(asked, memory, Mask.NONE, new int[bySentence.batch()]);
        Sequences b = aroundCross.out(a, across, Mode.INFERENCE);
        Sequences f = feedForward.forward(aroundFeedForward.in(b), Mode.INFERENCE);
        return new EncoderLayer.Step(aroundFeedForward.out(b, f, Mode.INFERENCE), seen);
    }
}
