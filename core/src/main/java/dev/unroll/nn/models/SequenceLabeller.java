package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * A class for each row of its sequences, aligned many to many: an encoder, and a row of logits for
 * each of its rows.
 *
 * @param input dropout on the rows that come in
 * @param encoder recurrent or of attention
 * @param output dropout on the encoder's rows
 * @param head from those to one logit per class
 */
public record SequenceLabeller(Dropout input, SequenceEncoder encoder, Dropout output, Linear head)
        implements Model {

    /**
     * A labeller with this encoder.
     *
     * @param inputDropout share of the numbers that come in which is zeroed in training
     * @param dropout the same of the encoder's rows
     */
    public static SequenceLabeller of(
            SequenceEncoder encoder, double inputDropout, double dropout, int classes, Seed seed) {
        return new SequenceLabeller(
                Dropout.of(inputDropout, seed.at("input")),
                encoder,
                Dropout.of(dropout, seed.at("output")),
                Linear.of(encoder.width(), classes, seed.at("head")));
    }

    /** x [tokens, input] gives [tokens, classes]. */
    public Tensor logits(Sequences x, Mode mode) {
        Sequences rows = encoder.forward(input.forward(x, mode), mode).rows();
        return head.forward(output.forward(rows.rows(), mode));
    }

    /** Mean cross-entropy of the labels [tokens]. */
    public Tensor loss(Sequences x, int[] labels, Mode mode) {
        return CrossEntropy.mean(logits(x, mode), labels, (float) mode.labelSmoothing());
    }
}
