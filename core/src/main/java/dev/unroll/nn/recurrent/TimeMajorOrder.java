package dev.unroll.nn.recurrent;

import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * Takes rows into the order of a recurrence, which is step by step with the longest sequence first,
 * and back.
 */
record TimeMajorOrder(Layout layout, Layout.TimeMajor order) {

    static TimeMajorOrder of(Layout layout, boolean backwards) {
        return new TimeMajorOrder(layout, layout.timeMajor(backwards));
    }

    TimeMajorSteps steps() {
        return order.steps();
    }

    /** Rows step by step: [tokens, width]. */
    IndexedRows into(IndexedRows xs) {
        return xs.pick(order.rows());
    }

    /** First states in the order of the steps, [running, width]. */
    Tensor first(Tensor state) {
        StepByStep.requireRows(layout, state);
        return state.gather(order.order());
    }

    /** The result of a cell without a memory, from its hidden states in the order of the steps. */
    Cell.Unrolled unrolled(Tensor rows, CellState first) {
        return new Cell.Unrolled(back(rows), new CellState(last(rows, first.h())));
    }

    /** Rows back at their tokens' places. */
    Sequences back(Tensor rows) {
        int[] inverse = new int[order.rows().length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.rows()[i]] = i;
        }
        return new Sequences(Gather.permute(rows, inverse), layout);
    }

    /** Each sequence's last state, in the layout's order; an empty sequence keeps its first. */
    Tensor last(Tensor rows, Tensor first) {
        int running = order.order().length;
        int[] from = new int[layout.batch()];
        for (int j = 0; j < running; j++) {
            from[order.order()[j]] = order.last()[j];
        }
        if (running == layout.batch()) {
            return rows.gather(from);
        }
        for (int s = 0; s < from.length; s++) {
            from[s] = layout.length(s) == 0 ? rows.dim(0) + s : from[s];
        }
        return Tensor.concat(0, rows, first).gather(from);
    }
}
