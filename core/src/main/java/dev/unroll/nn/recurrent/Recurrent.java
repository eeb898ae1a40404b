package dev.unroll.nn.recurrent;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recurrent layers one above another: each reads the states of the one below (Graves et al. 2013).
 * In both directions, a layer's output is the forward state beside the backward one (Schuster and
 * Paliwal 1997).
 *
 * @param forward one cell a layer, the lowest first
 * @param backward the cells that read from the end; as many, or none
 * @param dropout between layers
 */
public record Recurrent(List<Cell> forward, List<Cell> backward, List<Dropout> dropout) {
    public Recurrent {
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        dropout = List.copyOf(dropout);
        if (forward.isEmpty() || !(backward.isEmpty() || backward.size() == forward.size())) {
            throw new IllegalArgumentException(
                    "%d layers forward and %d backward: at least one, and as many or none"
                            .formatted(forward.size(), backward.size()));
        }
        if (dropout.size() != forward.size() - 1) {
            throw new IllegalArgumentException(
                    "%d layers have %d dropouts between them, not %d"
                            .formatted(forward.size(), forward.size() - 1, dropout.size()));
        }
    }

    /**
     * A stack of equal layers.
     *
     * @param cells makes a cell, such as {@code Lstm::of} or {@code Cells.named("lstm")}
     * @param input the width of the rows that come in
     * @param hidden the width of every layer's state
     * @param bidirectional whether each layer also reads from the end
     * @param dropout between layers, in [0, 1)
     */
    public static Recurrent of(
            CellFactory cells,
            int input,
            int hidden,
            int layers,
            boolean bidirectional,
            double dropout,
            Seed seed) {
        if (input < 1 || hidden < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "recurrent layers: input, hidden and layers are at least 1, not %d, %d and %d"
                            .formatted(input, hidden, layers));
        }
        List<Cell> forward = new ArrayList<>();
        List<Cell> backward = new ArrayList<>();
        List<Dropout> dropouts = new ArrayList<>();
        int width = input;
        for (int l = 0; l < layers; l++) {
            Seed branch = seed.at(l);
            if (l > 0) {
                dropouts.add(Dropout.of(dropout, branch.at("dropout")));
            }
            forward.add(cells.cell(width, hidden, branch.at("forward")));
            if (bidirectional) {
                backward.add(cells.cell(width, hidden, branch.at("backward")));
            }
            width = bidirectional ? 2 * hidden : hidden;
        }
        return new Recurrent(forward, backward, dropouts);
    }

    /**
     * The states of all layers.
     *
     * @param forward one a layer
     * @param backward one a layer, or none
     */
    public record States(List<CellState> forward, List<CellState> backward) {

        /** {@return the hidden state of the top layer that reads forward, [batch, hidden]} */
        public Tensor top() {
            return forward.getLast().h();
        }

        /** {@return the tensors of all states} */
        public List<Tensor> tensors() {
            return Stream.concat(forward.stream(), backward.stream())
                    .flatMap(state -> Stream.of(state.h(), state.c()))
                    .toList();
        }

        /** {@return the states of some of the sequences, picked by their rows} */
        public States gather(int... rows) {
            return new States(
                    forward.stream().map(state -> state.gather(rows)).toList(),
                    backward.stream().map(state -> state.gather(rows)).toList());
        }
    }

    /**
     * The result of unrolling.
     *
     * @param outputs of the top layer, rows [tokens, width]
     * @param last of every layer
     */
    public record Unrolled(Sequences outputs, States last) {}

    /** Number of layers. */
    public int layers() {
        return forward.size();
    }

    /** {@return whether the layers read in both directions} */
    public boolean bidirectional() {
        return !backward.isEmpty();
    }

    /** Numbers in a row of the output. */
    public int width() {
        int top = forward.getLast().hidden();
        return bidirectional() ? 2 * top : top;
    }

    /** The states before the first step: zeros. */
    public States start(int batch) {
        return new States(
                forward.stream().map(c -> c.start(batch)).toList(),
                backward.stream().map(c -> c.start(batch)).toList());
    }

    /** All steps of all sequences. */
    public Unrolled unroll(Sequences xs, States first, Mode mode) {
        return unroll(IndexedRows.each(xs.rows()), xs.layout(), first, mode);
    }

    /**
     * All steps of all sequences, from rows of a table: one that many tokens share is read once.
     */
    public Unrolled unroll(IndexedRows xs, Layout layout, States first, Mode mode) {
        List<CellState> ends = new ArrayList<>();
        List<CellState> beginnings = new ArrayList<>();
        IndexedRows x = xs;
        Tensor y = xs.table();
        for (int l = 0; l < layers(); l++) {
            if (l > 0) {
                x = IndexedRows.each(dropout.get(l - 1).forward(y, mode));
            }
            Cell.Unrolled right = unroll(forward.get(l), x, layout, first.forward().get(l), false);
            ends.add(right.last());
            y = right.outputs().rows();
            if (bidirectional()) {
                Cell.Unrolled left =
                        unroll(backward.get(l), x, layout, first.backward().get(l), true);
                beginnings.add(left.last());
                y = Tensor.concat(1, y, left.outputs().rows());
            }
        }
        return new Unrolled(new Sequences(y, layout), new States(ends, beginnings));
    }

    private static Cell.Unrolled unroll(
            Cell cell, IndexedRows x, Layout layout, CellState first, boolean backwards) {
        return Observation.ofLayer(
                () -> cell.unroll(x, layout, first, backwards),
                y -> List.of(y.outputs().rows(), y.last().h(), y.last().c()));
    }

    /** One step of a stack that reads forward: x [batch, input]. */
    public States step(Tensor x, States states, Mode mode) {
        if (bidirectional()) {
            throw new IllegalStateException("a stack that reads both ways cannot go step by step");
        }
        List<CellState> next = new ArrayList<>();
        Tensor input = x;
        for (int l = 0; l < layers(); l++) {
            if (l > 0) {
                input = dropout.get(l - 1).forward(input, mode);
            }
            CellState state = forward.get(l).step(input, states.forward().get(l));
            next.add(state);
            input = state.h();
        }
        return new States(next, List.of());
    }
}
