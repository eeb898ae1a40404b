package dev.unroll.nn.recurrent;

import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * The state that a recurrent cell passes from one step to the next, with a row for each sequence.
 *
 * @param h the hidden state, which the next layer sees: [batch, hidden]; of a convolutional cell
 *     [batch, height, width, hidden]
 * @param c the cell's memory, which only the cell itself sees: [batch, memory], or [batch, height,
 *     width, memory]; empty, [0], for a cell without one
 */
public record CellState(Tensor h, Tensor c) {

    /** The state of a cell without a memory of its own. */
    public CellState(Tensor h) {
        this(h, Tensor.zeros(0));
    }

    /** {@return whether there is a memory beside the hidden state} */
    public boolean hasMemory() {
        return c.rank() == h.rank();
    }

    /** {@return the states of some of the sequences, picked by their rows} */
    public CellState gather(int... rows) {
        return hasMemory()
                ? new CellState(h.gather(rows), c.gather(rows))
                : new CellState(h.gather(rows));
    }

    /** {@return the states of several batches as one batch} At least one is needed. */
    static CellState concat(List<CellState> states) {
        Tensor h = Tensor.concat(0, states.stream().map(CellState::h).toArray(Tensor[]::new));
        return states.getFirst().hasMemory()
                ? new CellState(
                        h,
                        Tensor.concat(0, states.stream().map(CellState::c).toArray(Tensor[]::new)))
                : new CellState(h);
    }
}
