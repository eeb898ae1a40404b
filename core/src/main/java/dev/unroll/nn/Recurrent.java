package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Picked;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent layers one above another: each reads the states of the one below (Graves et al. 2013).
 * In both directions, a layer's output is the forward state beside the backward one (Schuster and
 * Paliwal 1997).
 *
 * @param forward one cell a layer, the lowest first
 * @param backward the cells that read from the end; as many, or none
 * @param dropout between layers
 */
public record Recurrent<S>(List<Cell<S>> forward, List<Cell<S>> backward, List<Dropout> dropout) {
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

    /** Makes one cell of a stack. */
    @FunctionalInterface
    public interface Maker<S> {
        Cell<S> cell(int input, int hidden, Seed seed);
    }

    /** A stack of equal layers. */
    public static <S> Recurrent<S> of(
            Maker<S> maker,
            int input,
            int hidden,
            int layers,
            boolean bidirectional,
            double dropout,
            Seed seed) {
        List<Cell<S>> forward = new ArrayList<>();
        List<Cell<S>> backward = new ArrayList<>();
        List<Dropout> dropouts = new ArrayList<>();
        int width = input;
        for (int l = 0; l < layers; l++) {
            Seed branch = seed.at(l);
            if (l > 0) {
                dropouts.add(Dropout.of(dropout, branch.at("dropout")));
            }
            forward.add(maker.cell(width, hidden, branch.at("forward")));
            if (bidirectional) {
                backward.add(maker.cell(width, hidden, branch.at("backward")));
            }
            width = bidirectional ? 2 * hidden : hidden;
        }
        return new Recurrent<>(forward, backward, dropouts);
    }

    /**
     * The states of all layers.
     *
     * @param forward one a layer
     * @param backward one a layer, or none
     */
    public record States<S>(List<S> forward, List<S> backward) {}

    /**
     * What comes of unrolling.
     *
     * @param outputs of the top layer, rows [tokens, width]
     * @param last of every layer
     */
    public record Unrolled<S>(Sequences outputs, States<S> last) {}

    /** Number of layers. */
    public int layers() {
        return forward.size();
    }

    /** Whether it reads in both directions. */
    public boolean bidirectional() {
        return !backward.isEmpty();
    }

    /** Numbers in a row of the output. */
    public int width() {
        int top = forward.getLast().hidden();
        return bidirectional() ? 2 * top : top;
    }

    /** The states before the first step: zeros. */
    public States<S> start(int batch) {
        return new States<>(
                forward.stream().map(c -> c.start(batch)).toList(),
                backward.stream().map(c -> c.start(batch)).toList());
    }

    /** All steps of all sequences. */
    public Unrolled<S> unroll(Sequences xs, States<S> first, Mode mode) {
        return unroll(Picked.each(xs.rows()), xs.layout(), first, mode);
    }

    /** The same, from rows picked from a table: one that many tokens share is read once. */
    public Unrolled<S> unroll(Picked xs, Layout layout, States<S> first, Mode mode) {
        List<S> ends = new ArrayList<>();
        List<S> beginnings = new ArrayList<>();
        Picked x = xs;
        Tensor y = xs.table();
        for (int l = 0; l < layers(); l++) {
            if (l > 0) {
                x = Picked.each(dropout.get(l - 1).forward(y, mode));
            }
            Cell.Unrolled<S> right =
                    forward.get(l).unroll(x, layout, first.forward().get(l), false);
            ends.add(right.last());
            y = right.outputs().rows();
            if (bidirectional()) {
                Cell.Unrolled<S> left =
                        backward.get(l).unroll(x, layout, first.backward().get(l), true);
                beginnings.add(left.last());
                y = Tensor.concat(1, y, left.outputs().rows());
            }
        }
        return new Unrolled<>(new Sequences(y, layout), new States<>(ends, beginnings));
    }

    /** One step of a stack that reads forward: x [batch, input]. */
    public States<S> step(Tensor x, States<S> states, Mode mode) {
        if (bidirectional()) {
            throw new IllegalStateException("a stack that reads both ways cannot go step by step");
        }
        List<S> next = new ArrayList<>();
        Tensor input = x;
        for (int l = 0; l < layers(); l++) {
            if (l > 0) {
                input = dropout.get(l - 1).forward(input, mode);
            }
            S state = forward.get(l).step(input, states.forward().get(l));
            next.add(state);
            input = forward.get(l).output(state);
        }
        return new States<>(next, List.of());
    }

    /** What the top layer shows: [batch, hidden]. */
    public Tensor output(States<S> states) {
        return forward.getLast().output(states.forward().getLast());
    }

    /** Rows of all states, picked by number. */
    public States<S> gather(States<S> states, int... index) {
        List<S> forwards = new ArrayList<>();
        List<S> backwards = new ArrayList<>();
        for (int l = 0; l < layers(); l++) {
            forwards.add(forward.get(l).gather(states.forward().get(l), index));
        }
        for (int l = 0; l < backward.size(); l++) {
            backwards.add(backward.get(l).gather(states.backward().get(l), index));
        }
        return new States<>(forwards, backwards);
    }
}
