package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.Tensor;

/** {@link DecoderLayer} for decoding: one token a row, weights laid out for that. */
record FixedDecoderLayer(
        FixedAttention attention,
        Residual aroundAttention,
        FixedAttention cross,
        Residual aroundCross,
        FixedFeedForward feedForward,
        Residual aroundFeedForward) {

    static FixedDecoderLayer of(DecoderLayer layer) {
        return new FixedDecoderLayer(
                FixedAttention.of(layer.attention()),
                layer.aroundAttention(),
                FixedAttention.of(layer.cross()),
                layer.aroundCross(),
                FixedFeedForward.of(layer.feedForward()),
                layer.aroundFeedForward());
    }

    /**
     * One token further.
     *
     * @param x [rows, width]
     * @param here [rows], where the tokens stand
     * @param past keys and values so far; those of x are added
     * @param own which of them each row sees, its own included
     * @param memory keys and values of what was read
     * @param across which of them each row sees
     */
    Tensor step(
            Tensor x,
            int[] here,
            FixedAttention.Seen past,
            KeyLists own,
            FixedAttention.Seen memory,
            KeyLists across) {
        Tensor y = aroundAttention.in(x);
        attention.see(y, here, past);
        Tensor a = aroundAttention.out(x, attention.attend(y, here, past, own));
        Tensor b = aroundCross.out(a, cross.attend(aroundCross.in(a), here, memory, across));
        return aroundFeedForward.out(b, feedForward.forward(aroundFeedForward.in(b)));
    }
}
