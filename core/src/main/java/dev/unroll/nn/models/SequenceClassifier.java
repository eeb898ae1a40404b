package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A class for each sequence, many to one: embeddings, an encoder, a pooling, a row of logits.
 *
 * @param embedding a row for each token
 * @param dropout on the rows and on the pooled row
 * @param encoder recurrent or of attention
 * @param pooling how a sequence becomes one row
 * @param head from that row to one logit per class
 */
public record SequenceClassifier(
        Embedding embedding,
        Dropout dropout,
        SequenceEncoder encoder,
        SequencePooling pooling,
        Linear head)
        implements Model {

    /** A classifier with this encoder, whose rows come in as wide as the embeddings. */
    public static SequenceClassifier of(
            SequenceEncoder encoder,
            SequencePooling.Kind pooling,
            double dropout,
            int vocabulary,
            int width,
            int classes,
            Seed seed) {
        return new SequenceClassifier(
                Embedding.of(vocabulary, width, 0.1, seed.at("embedding")),
                Dropout.of(dropout, seed.at("dropout")),
                encoder,
                SequencePooling.of(pooling, encoder.width(), seed.at("pooling")),
                Linear.of(encoder.width(), classes, seed.at("head")));
    }

    /**
     * One logit per class, [batch, classes].
     *
     * @throws IllegalArgumentException if a sequence is empty
     */
    public Tensor logits(Tokens tokens, Mode mode) {
        IndexedRows rows = embedding.rows(tokens, dropout.at(0), mode);
        return pooled(encoder.forward(rows, tokens.layout(), mode), mode);
    }

    /**
     * One logit per class of texts, or of pairs of texts, [batch, classes].
     *
     * @param tokens of the texts or pairs
     * @param parts [tokens], 0 for the first of two texts and 1 for the second
     * @param mode training or inference
     * @return [batch, classes]
     * @throws IllegalArgumentException if a sequence is empty
     */
    public Tensor logits(Tokens tokens, int[] parts, Mode mode) {
        IndexedRows rows = embedding.rows(tokens, dropout.at(0), mode);
        return pooled(encoder.forward(rows, parts, tokens.layout(), mode), mode);
    }

    /** A logit for each class, [batch, classes], from the embeddings' rows [tokens, width]. */
    public Tensor logits(Sequences rows, Mode mode) {
        return pooled(encoder.forward(rows, mode), mode);
    }

    private Tensor pooled(SequenceEncoder.States states, Mode mode) {
        return head.forward(dropout.at(1).forward(pooling.forward(states), mode));
    }

    /** Mean cross-entropy of the labels [batch]. */
    public Tensor loss(Tokens tokens, int[] labels, Mode mode) {
        return CrossEntropy.mean(logits(tokens, mode), labels, (float) mode.labelSmoothing());
    }
}
