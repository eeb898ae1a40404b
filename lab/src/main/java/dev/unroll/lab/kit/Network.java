package dev.unroll.lab.kit;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * One layer that reads rows, and a linear layer behind it: the smallest network of each kind.
 *
 * @param encoder reads the rows
 * @param head from a state to the answer
 */
public record Network(SequenceEncoder encoder, Linear head) implements Model {

    /**
     * A network of a kind.
     *
     * @param kind the name of a cell, such as {@code lstm}; {@code transformer}, whose tokens see
     *     those before them; or {@code mlp}, which sees each row alone
     * @param input numbers in a row
     * @param hidden numbers in a state
     * @param output numbers in an answer
     */
    public static Network of(String kind, int input, int hidden, int output, Seed seed) {
        SequenceEncoder encoder =
                switch (kind) {
                    case "transformer" ->
                            SequenceEncoder.SelfAttention.of(
                                    TransformerShape.of(hidden, 4),
                                    input,
                                    1,
                                    Masks.CAUSAL,
                                    seed.at("encoder"));
                    case "mlp" -> SequenceEncoder.Mlp.of(input, hidden, seed.at("encoder"));
                    default -> recurrence(Cells.named(kind), input, hidden, seed);
                };
        return new Network(encoder, Linear.of(hidden, output, seed.at("head")));
    }

    /** A network with a cell of one's own. */
    public static Network of(CellFactory cell, int input, int hidden, int output, Seed seed) {
        return new Network(
                recurrence(cell, input, hidden, seed), Linear.of(hidden, output, seed.at("head")));
    }

    private static SequenceEncoder recurrence(CellFactory cell, int input, int hidden, Seed seed) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(cell, input, hidden, 1, false, 0, seed.at("encoder")));
    }

    /** {@return the last state of each sequence, [batch, hidden]} */
    public Tensor last(Sequences x) {
        return encoder.forward(x, Mode.INFERENCE).last();
    }

    /** {@return an answer for each sequence, [batch, output]} */
    public Tensor answer(Sequences x) {
        return head.forward(last(x));
    }

    /** {@return an answer for each row, [tokens, output]} */
    public Tensor answers(Sequences x) {
        return head.forward(encoder.forward(x, Mode.INFERENCE).rows().rows());
    }
}
