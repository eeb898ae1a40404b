package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.Tensor;

/** {@link EncoderLayer} for decoding, its weights laid out for a few rows at a time. */
record FixedEncoderLayer(
        FixedAttention attention,
        Residual aroundAttention,
        FixedFeedForward feedForward,
        Residual aroundFeedForward) {

    static FixedEncoderLayer of(EncoderLayer layer) {
        return new FixedEncoderLayer(
                FixedAttention.of(layer.attention()),
                layer.aroundAttention(),
                FixedFeedForward.of(layer.feedForward()),
                layer.aroundFeedForward());
    }

    /**
     * @param x [rows, width]
     * @param at [rows], where the tokens stand
     * @param lists which rows each row sees
     */
    Tensor forward(Tensor x, int[] at, KeyLists lists) {
        Tensor y = aroundAttention.in(x);
        FixedAttention.Seen seen = attention.nothing(x.dim(0));
        attention.see(y, at, seen);
        Tensor a = aroundAttention.out(x, attention.attend(y, at, seen, lists));
        return aroundFeedForward.out(a, feedForward.forward(aroundFeedForward.in(a)));
    }
}
