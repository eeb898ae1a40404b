package dev.unroll.nn;

import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * An encoder-only Transformer (Devlin et al. 2019): a class for each sequence.
 *
 * @param embedding a row for each token
 * @param positions added to the rows
 * @param dropout on them
 * @param encoder looks both ways
 * @param pooling how a sequence becomes one row
 * @param head from that row to a number a class
 */
public record TransformerClassifier(
        Embedding embedding,
        Positions positions,
        Dropout dropout,
        TransformerEncoder encoder,
        Pooling pooling,
        Linear head) {

    /** How the rows of a sequence become one. */
    public enum Pooling {
        /** Their mean. */
        MEAN,
        /** The first. */
        FIRST,
        /** The last. */
        LAST
    }

    /** A classifier of a shape. */
    public static TransformerClassifier of(
            TransformerShape shape,
            int layers,
            int vocabulary,
            int classes,
            Pooling pooling,
            Seed seed) {
        Positions positions =
                Positions.of(
                        shape.positions(), shape.width(), shape.maxLength(), seed.at("positions"));
        return new TransformerClassifier(
                Embedding.of(
                        vocabulary,
                        shape.width(),
                        1 / Math.sqrt(shape.width()),
                        seed.at("embedding")),
                positions,
                Dropout.of(shape.dropout(), seed.at("dropout")),
                TransformerEncoder.of(shape, layers, positions, seed.at("encoder")),
                pooling,
                Linear.of(shape.width(), classes, seed.at("head")));
    }

    /**
     * A number a class, [batch, classes].
     *
     * @throws IllegalArgumentException if a sequence is empty
     */
    public Tensor logits(Tokens tokens, Mode mode) {
        Sequences x = embedding.forward(tokens);
        Sequences scaled = x.with(x.rows().times((float) Math.sqrt(embedding.width())));
        Sequences in = dropout.forward(positions.addTo(scaled), mode);
        return head.forward(pooled(encoder.forward(in, Mask.NONE, mode)));
    }

    /** Mean cross-entropy of the labels [batch]. */
    public Tensor loss(Tokens tokens, int[] labels, double smoothing, Mode mode) {
        return CrossEntropy.mean(logits(tokens, mode), labels, (float) smoothing);
    }

    private Tensor pooled(Sequences x) {
        Layout layout = x.layout();
        int[] row = new int[layout.batch()];
        float[] share = new float[layout.batch()];
        for (int s = 0; s < row.length; s++) {
            if (layout.length(s) == 0) {
                throw new IllegalArgumentException("sequence " + s + " is empty: it has no class");
            }
            share[s] = 1f / layout.length(s);
            row[s] = pooling == Pooling.LAST ? layout.offsets()[s + 1] - 1 : layout.offsets()[s];
        }
        return switch (pooling) {
            case FIRST, LAST -> x.rows().gather(row);
            case MEAN ->
                    Gather.sumInto(x.rows(), layout.sequences(), row.length)
                            .times(Tensor.of(share, row.length, 1));
        };
    }
}
