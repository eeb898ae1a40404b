package dev.unroll.nn.models;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
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

    /**
     * An encoder of a shape, with an embedding of its own.
     *
     * @param seed its own branch
     */
    public static TransformerSourceEncoder of(
            TransformerShape shape, int layers, int vocabulary, Seed seed) {
        Positions positions = shape.positions(seed.at("positions"));
        return new TransformerSourceEncoder(
                TokenEmbedding.of(
                        shape.embedding(vocabulary, seed.at("embedding")),
                        positions,
                        Dropout.of(shape.dropout(), seed.at("dropout"))),
                TransformerEncoder.of(shape.bothWays(), layers, positions, seed.at("layers")));
    }

    @Override
    public Memory encode(Tokens source, Mode mode) {
        return Memory.of(layers.forward(embedding.forward(source, mode), Masks.NONE, mode));
    }

    @Override
    public int longest() {
        return embedding.positions().longest();
    }

    @Override
    public int width() {
        return embedding.embedding().width();
    }
}
