package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.attention.Mask;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.tensor.Tokens;

/**
 * The reading half of the Transformer (Vaswani et al. 2017): embedded tokens, then layers of
 * self-attention in which every token sees every other.
 *
 * @param embedding of the tokens that are read
 * @param layers of self-attention
 */
public record TransformerSourceEncoder(TokenEmbedding embedding, TransformerEncoder layers)
        implements Encoder {
    @Override
    public Memory encode(Tokens source, Mode mode) {
        return Memory.of(layers.forward(embedding.forward(source, mode), Mask.NONE, mode));
    }
}
