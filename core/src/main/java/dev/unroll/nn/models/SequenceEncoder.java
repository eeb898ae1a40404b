package dev.unroll.nn.models;

import dev.unroll.backend.Unary;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.SequenceReductions;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * Reads sequences of rows and gives, for each row, one that depends on its neighbours too. It
 * serves any input that is made of rows (embeddings, images, coordinates of body joints) and any
 * output (a class, a tag, a mask).
 */
public interface SequenceEncoder {

    /**
     * The encoded rows.
     *
     * @param rows one for each that was read, [tokens, width]
     * @param last one row for each whole sequence, [batch, width]
     */
    record States(Sequences rows, Tensor last) {

        /**
         * {@return the states of which each sequence's last row is what is known at the end}
         *
         * @throws IllegalArgumentException if a sequence is empty
         */
        public static States of(Sequences rows) {
            return new States(rows, rows.rows().gather(SequenceReductions.last(rows.layout())));
        }
    }

    /** Reads rows [tokens, input]. */
    default States forward(Sequences x, Mode mode) {
        return forward(IndexedRows.each(x.rows()), x.layout(), mode);
    }

    /** Encodes rows of a table by index, such as those of embeddings. */
    States forward(IndexedRows x, Layout layout, Mode mode);

    /**
     * Encodes rows of texts, or of pairs of texts. Unless overridden, an encoder takes no notice of
     * which of two texts a row is of.
     *
     * @param x rows by index
     * @param parts [rows], 0 for the first of two texts and 1 for the second
     * @param layout which rows belong to which text or pair
     * @param mode training or inference
     * @return the encoded rows
     */
    default States forward(IndexedRows x, int[] parts, Layout layout, Mode mode) {
        return forward(x, layout, mode);
    }

    /** Numbers in a row that comes out. */
    int width();

    /**
     * Recurrent layers. In two directions the last state is the forward one at the end beside the
     * backward one at the beginning.
     *
     * @param layers what reads
     */
    record Recurrence(Recurrent layers) implements SequenceEncoder {
        @Override
        public States forward(IndexedRows x, Layout layout, Mode mode) {
            Sequences rows = layers.unroll(x, layout, layers.start(layout.batch()), mode).outputs();
            States forwards = States.of(rows);
            if (!layers.bidirectional()) {
                return forwards;
            }
            Tensor atEnd = forwards.last();
            int half = width() / 2;
            Tensor atStart = rows.rows().gather(SequenceReductions.first(layout));
            return new States(
                    rows,
                    Tensor.concat(1, atEnd.slice(1, 0, half), atStart.slice(1, half, 2 * half)));
        }

        @Override
        public int width() {
            return layers.width();
        }
    }

    /**
     * A Transformer's layers, behind a product that gives the rows their width.
     *
     * @param input from the rows that come in
     * @param positions how the order is known
     * @param dropout on the rows
     * @param layers of self-attention
     * @param mask the rows that a row may attend to
     */
    record SelfAttention(
            Linear input,
            Positions positions,
            Dropout dropout,
            TransformerEncoder layers,
            Mask mask)
            implements SequenceEncoder {

        /** Layers of a shape for rows of a width. */
        public static SelfAttention of(
                TransformerShape shape, int input, int layers, Mask mask, Seed seed) {
            Positions positions = shape.positions(seed.at("positions"));
            return new SelfAttention(
                    Linear.of(input, shape.width(), seed.at("input")),
                    positions,
                    Dropout.of(shape.dropout(), seed.at("dropout")),
                    TransformerEncoder.of(
                            mask.equals(Masks.NONE) ? shape.bothWays() : shape,
                            layers,
                            positions,
                            seed.at("layers")),
                    mask);
        }

        @Override
        public States forward(IndexedRows x, Layout layout, Mode mode) {
            IndexedRows in = new IndexedRows(input.forward(x.table()), x.index());
            Sequences placed = positions.addTo(new Sequences(in.rows(), layout));
            return States.of(layers.forward(dropout.forward(placed, mode), mask, mode));
        }

        @Override
        public int width() {
            return input.weight().shape().dim(1);
        }
    }

    /**
     * A multilayer perceptron for each row by itself: a baseline for networks with memory.
     *
     * @param first [input, hidden]
     * @param second [hidden, hidden]
     */
    record Mlp(Linear first, Linear second) implements SequenceEncoder {

        /** Two layers with ReLU. */
        public static Mlp of(int input, int hidden, Seed seed) {
            return new Mlp(
                    Linear.of(input, hidden, seed.at("first")),
                    Linear.of(hidden, hidden, seed.at("second")));
        }

        @Override
        public States forward(IndexedRows x, Layout layout, Mode mode) {
            Tensor inside = first.forward(x.table());
            Observation.activation(first, "units", Unary.RELU, inside);
            Tensor outside = second.forward(inside.relu());
            Observation.activation(second, "units", Unary.RELU, outside);
            Tensor table = outside.relu();
            return States.of(new Sequences(new IndexedRows(table, x.index()).rows(), layout));
        }

        @Override
        public int width() {
            return second.weight().shape().dim(1);
        }
    }
}
