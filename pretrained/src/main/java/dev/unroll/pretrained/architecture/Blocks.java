package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.Sublayer;

/**
 * The parts of a Transformer layer that all architectures share.
 *
 * @param heads of the attention
 * @param dropout the share of zeroes behind each part, in training
 * @param attentionDropout the share of attention weights that are dropped, in training
 * @param preNorm whether norms come before the parts
 * @param place tells this layer's dropouts from others
 */
record Blocks(int heads, float dropout, float attentionDropout, boolean preNorm, Seed place) {

    MultiHeadAttention attention(
            String part, Linear query, Linear key, Linear value, Linear output) {
        Dropout dropped = new Dropout(attentionDropout, place.at(part).at("weights").key());
        return new MultiHeadAttention(
                        query, key, value, output, heads, heads, new Positions.NoPositions())
                .dropout(dropped);
    }

    Sublayer around(String part, Norm norm) {
        return new Sublayer(preNorm, norm, new Dropout(dropout, place.at(part).key()));
    }

    static FeedForward feedForward(FeedForward.Kind kind, Linear in, Linear out) {
        return new FeedForward.Plain(kind, in, out, new Dropout(0, 0));
    }
}
