package dev.unroll.nn.layers;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * The rows of tokens that enter a Transformer (Vaswani et al. 2017, sections 3.4 and 3.5).
 *
 * <pre>
 *   x = dropout(scale · embedding(token) + position)
 * </pre>
 *
 * @param embedding a row for each token
 * @param positions added to the rows, unless they are rotary
 * @param scale √width in the paper
 * @param dropout on the sum
 */
public record TokenEmbedding(
        Embedding embedding, Positions positions, float scale, Dropout dropout) {

    /** With the paper's scale, √width. */
    public static TokenEmbedding of(Embedding embedding, Positions positions, Dropout dropout) {
        return new TokenEmbedding(
                embedding, positions, (float) Math.sqrt(embedding.width()), dropout);
    }

    /** Whole sequences: rows [tokens, width]. */
    public Sequences forward(Tokens tokens, Mode mode) {
        return dropout.forward(at(tokens, tokens.layout().positions()), mode);
    }

    /** Tokens that stand at these positions [tokens], without dropout. */
    public Sequences at(Tokens tokens, int[] at) {
        Tensor x = embedding.forward(tokens.ids()).times(scale);
        return new Sequences(positions.addTo(x, at), tokens.layout());
    }
}
