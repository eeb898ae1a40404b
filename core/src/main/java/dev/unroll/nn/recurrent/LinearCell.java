package dev.unroll.nn.recurrent;

import dev.unroll.nn.Observation;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.LinearRecurrence;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * A cell whose gates see the input alone, so that its next state is linear in the one before:
 *
 * <pre>
 *   h′ = keep ⊙ h + add
 * </pre>
 *
 * <p>Unrolled, the gates of all tokens are one product, and the states are one {@link
 * LinearRecurrence}, whose steps need not wait for each other. A cell of one's own of this kind is
 * a record of its weights that implements {@link #terms}.
 */
public interface LinearCell extends Cell {

    /** {@return the weights of all gates, [input, gates·hidden]} */
    Parameter w();

    /** {@return the biases of all gates, [gates·hidden]} */
    Parameter b();

    /**
     * What a step does to the state.
     *
     * @param keep the factor of the state before, [rows, hidden]
     * @param add what is added to it, [rows, hidden]
     */
    record Terms(Tensor keep, Tensor add) {}

    /**
     * {@return what each row does to the state}
     *
     * @param gates x·w + b, before any function: [rows, gates·hidden]
     */
    Terms terms(Tensor gates);

    @Override
    default CellState step(Tensor x, CellState state) {
        Terms terms = terms(x.linear(w(), b()));
        return new CellState(terms.keep.times(state.h()).plus(terms.add));
    }

    @Override
    default Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        if (Observation.current() != null) {
            return StepByStep.unroll(this, xs, layout, first, backwards);
        }
        StepByStep.requireRows(layout, first.h());
        Terms terms = terms(xs.linear(w().value(), b().value()));
        Tensor h = LinearRecurrence.scan(terms.keep, terms.add, first.h(), layout, backwards);
        return new Unrolled(
                new Sequences(h, layout), new CellState(last(h, first.h(), layout, backwards)));
    }

    /** The state after each sequence's last step; an empty sequence keeps its first. */
    private static Tensor last(Tensor h, Tensor first, Layout layout, boolean backwards) {
        int[] from = new int[layout.batch()];
        boolean empty = false;
        for (int s = 0; s < from.length; s++) {
            boolean none = layout.length(s) == 0;
            empty |= none;
            int end = backwards ? layout.offsets()[s] : layout.offsets()[s + 1] - 1;
            from[s] = none ? h.dim(0) + s : end;
        }
        return (empty ? Tensor.concat(0, h, first) : h).gather(from);
    }
}
