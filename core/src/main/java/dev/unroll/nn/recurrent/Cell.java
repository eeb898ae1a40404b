package dev.unroll.nn.recurrent;

import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Map;

/**
 * One layer of a recurrent network, whose state is passed from step to step. A cell of one's own is
 * a record of its parameters that implements {@link #step} and {@link #hidden}, and {@link #memory}
 * if its state has a second part; unrolling over whole sequences then steps it. {@link Lstm},
 * {@link Gru} and {@link Elman} unroll in one fused operation instead, and a {@link LinearCell} by
 * a parallel scan. A {@link CellKind} gives a cell a name, by which recipes ask for it.
 */
public interface Cell {

    /** One step: x [batch, input] and the state before it give the state after it. */
    CellState step(Tensor x, CellState state);

    /** {@return the width of the hidden state} */
    int hidden();

    /** {@return the width of the memory {@link CellState#c}; 0 for a cell without one} */
    default int memory() {
        return 0;
    }

    /** {@return the state before the first step: zeros} */
    default CellState start(int batch) {
        Tensor h = Tensor.zeros(batch, hidden());
        return memory() == 0 ? new CellState(h) : new CellState(h, Tensor.zeros(batch, memory()));
    }

    /**
     * {@return a state before the first step that is made of something else, such as the last state
     * of an encoder} A memory as wide as the hidden state starts from the same numbers, another one
     * from zeros.
     *
     * @param h [batch, hidden]
     */
    default CellState startFrom(Tensor h) {
        if (memory() == 0) {
            return new CellState(h);
        }
        return new CellState(h, memory() == hidden() ? h : Tensor.zeros(h.dim(0), memory()));
    }

    /**
     * {@return the matrices that a hidden state is multiplied by to give a part of the next one}
     * Each is [hidden, hidden], by name; none where a cell does not say. Their spectral radii tell
     * how far states are stretched from step to step.
     */
    default Map<String, Tensor> recurrentMatrices() {
        return Map.of();
    }

    /**
     * All steps of all sequences at once.
     *
     * @param xs rows [tokens, input]
     * @param first the state before the first step, with a row for each sequence
     * @param backwards from the last token of each sequence to its first
     * @return the hidden state after each token, at the token's place, and the last state
     */
    default Unrolled unroll(Sequences xs, CellState first, boolean backwards) {
        return unroll(IndexedRows.each(xs.rows()), xs.layout(), first, backwards);
    }

    /**
     * All steps of all sequences at once, from rows picked from a table: a fused operation
     * multiplies a row that many tokens share by the weights once.
     *
     * @param xs [tokens, input]
     * @param layout which of them belong to which sequence
     * @param first the state before the first step, with a row for each sequence
     * @param backwards from the last token of each sequence to its first
     * @return the hidden state after each token, at the token's place, and the last state
     */
    default Unrolled unroll(IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        return StepByStep.unroll(this, xs, layout, first, backwards);
    }

    /**
     * The result of unrolling.
     *
     * @param outputs hidden states, rows [tokens, hidden]
     * @param last the state after each sequence's last step; the first state of an empty sequence
     */
    record Unrolled(Sequences outputs, CellState last) {}
}
