package dev.unroll.pretrained.network;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BertEncoder} does with the rows of its words; it takes the place of any other
 * encoder of sequences.
 *
 * @param positions added to the rows of the words
 * @param types a row for the first and one for the second of two texts; one for both in RoBERTa,
 *     none in DistilBERT
 * @param norm on the sum
 * @param dropout on the normed sum
 * @param projection to the layers' width, where the embeddings are narrower, as in ELECTRA
 * @param layers of attention in which every token sees every other
 * @param width numbers in a row that comes out
 */
public record BertRows(
        Positions positions,
        @Nullable Embedding types,
        Norm norm,
        Dropout dropout,
        @Nullable Linear projection,
        TransformerEncoder layers,
        int width)
        implements SequenceEncoder {

    /**
     * The rows that enter the layers.
     *
     * @param words rows of the words, [tokens, width of the embeddings]
     * @param parts [tokens], 0 for the first of two texts and 1 for the second
     * @param layout which tokens belong to which text
     * @return [tokens, width]
     */
    public Sequences embed(Tensor words, int[] parts, Layout layout, Mode mode) {
        Tensor x = positions.addTo(words, layout.positions());
        if (types != null) {
            x = x.plus(types.forward(types.vocabulary() == 1 ? new int[1] : oneForAll(parts)));
        }
        Tensor rows = dropout.forward(norm.forward(x), mode);
        return new Sequences(projection == null ? rows : projection.forward(rows), layout);
    }

    /** One row is enough where all are of the first text. */
    private static int[] oneForAll(int[] parts) {
        for (int part : parts) {
            if (part != 0) {
                return parts;
            }
        }
        return new int[1];
    }

    @Override
    public States forward(IndexedRows words, Layout layout, Mode mode) {
        return forward(words, new int[layout.tokens()], layout, mode);
    }

    @Override
    public States forward(IndexedRows words, int[] parts, Layout layout, Mode mode) {
        Sequences rows = embed(words.rows(), parts, layout, mode);
        return States.of(layers.forward(rows, Masks.NONE, mode));
    }
}
