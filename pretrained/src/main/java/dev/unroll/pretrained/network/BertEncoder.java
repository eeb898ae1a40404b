package dev.unroll.pretrained.network;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A Transformer encoder of the shape of BERT (Devlin et al. 2019): MiniLM, DistilBERT, RoBERTa,
 * XLM-R and ELECTRA are of it, too.
 *
 * <pre>
 *   x = dropout(norm(word + position + type))·W + b      y = layers(x)
 * </pre>
 *
 * @param words a row for each token
 * @param positions added to them
 * @param types a row for the first and one for the second of two texts; none in DistilBERT
 * @param norm on the sum
 * @param dropout on the normed sum
 * @param projection to the layers' width, where the embeddings are narrower, as in ELECTRA
 * @param layers of attention in which every token sees every other
 */
public record BertEncoder(
        Embedding words,
        Positions positions,
        @Nullable Embedding types,
        Norm norm,
        Dropout dropout,
        @Nullable Linear projection,
        TransformerEncoder layers)
        implements Model {

    /**
     * The rows of the tokens of texts, each by itself.
     *
     * @param tokens of the texts, with the special tokens that the model expects
     * @return [tokens, width]
     * @throws IllegalArgumentException if a text has more tokens than {@link #longest}, or a token
     *     has no row
     */
    public Sequences forward(Tokens tokens, Mode mode) {
        return forward(tokens, new int[tokens.ids().length], mode);
    }

    /**
     * The rows of the tokens of texts or of pairs of texts.
     *
     * @param tokens of the texts, with the special tokens that the model expects
     * @param parts [tokens], 0 for the first of two texts and 1 for the second
     * @return [tokens, width]
     * @throws IllegalArgumentException if a text has more tokens than {@link #longest}, or a token
     *     has no row
     */
    public Sequences forward(Tokens tokens, int[] parts, Mode mode) {
        return layers.forward(embed(tokens, parts, mode), Masks.NONE, mode);
    }

    /**
     * The rows that enter the layers.
     *
     * @param tokens of the texts
     * @param parts [tokens], 0 for the first of two texts and 1 for the second
     * @return [tokens, width]
     */
    public Sequences embed(Tokens tokens, int[] parts, Mode mode) {
        return rows().embed(words.forward(tokens.ids()), parts, tokens.layout(), mode);
    }

    /** {@return the encoder without its words: what reads their rows} */
    public BertRows rows() {
        return new BertRows(positions, types, norm, dropout, projection, layers, width());
    }

    /** {@return numbers in a row of the result} */
    public int width() {
        return projection == null ? words.width() : projection.out();
    }

    /** {@return the most tokens of a text} */
    public int longest() {
        return positions.longest();
    }
}
