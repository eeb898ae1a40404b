package dev.unroll.nn.recurrent;

import dev.unroll.nn.Observation;
import dev.unroll.nn.Observer;
import dev.unroll.nn.Observer.Flow;
import dev.unroll.nn.Observer.Steps;
import dev.unroll.tensor.Gather;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Unrolls a cell by its formula, one step after another: the default of {@link Cell#unroll}, and
 * what the fused operations are tested against.
 */
final class StepByStep {
    private StepByStep() {}

    static Cell.Unrolled unroll(
            Cell cell, IndexedRows xs, Layout layout, CellState first, boolean backwards) {
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        requireRows(layout, first.h());
        int[] sizes = order.steps().sizes();
        Tensor[] x = Gather.cut(order.into(xs).rows(), sizes);
        Observer observer = Observation.current();
        Steps seen =
                observer == null
                        ? Steps.UNSEEN
                        : observer.unrolling(cell, cell.recurrentMatrices());
        CellState state = first.gather(order.order().order());
        List<Tensor> visible = new ArrayList<>();
        List<CellState> ended = new ArrayList<>();
        for (int t = 0; t < sizes.length; t++) {
            state = seen(seen, t, state, Flow.STATE_BEFORE, Flow.MEMORY_BEFORE);
            state = cell.step(seen.at(Flow.INPUT, t, x[t]), state);
            state = seen(seen, t, state, Flow.STATE_AFTER, Flow.MEMORY_AFTER);
            visible.add(state.h());
            int next = t + 1 < sizes.length ? sizes[t + 1] : 0;
            for (int j = sizes[t] - 1; j >= next; j--) {
                ended.add(state.gather(j)); // the shortest first
            }
            state = state.gather(upTo(next));
        }
        Tensor rows =
                visible.isEmpty()
                        ? Tensor.zeros(0, cell.hidden())
                        : Tensor.concat(0, visible.toArray(Tensor[]::new));
        return new Cell.Unrolled(order.back(rows), last(first, layout, order, ended));
    }

    /** Refuses a first state that does not have a row for each sequence. */
    static void requireRows(Layout layout, Tensor state) {
        if (state.rank() != 2 || state.dim(0) != layout.batch()) {
            throw new IllegalArgumentException(
                    "unroll: the first state %s does not have a row for each of %d sequences"
                            .formatted(state.shape(), layout.batch()));
        }
    }

    private static CellState last(
            CellState first, Layout layout, TimeMajorOrder order, List<CellState> ended) {
        int[] place = new int[layout.batch()];
        for (int j = 0; j < ended.size(); j++) {
            place[order.order().order()[ended.size() - 1 - j]] = j + 1;
        }
        List<CellState> all = new ArrayList<>();
        for (int s = 0; s < layout.batch(); s++) {
            all.add(place[s] == 0 ? first.gather(s) : ended.get(place[s] - 1));
        }
        return all.isEmpty() ? first : CellState.concat(all);
    }

    private static CellState seen(Steps seen, int step, CellState state, Flow hidden, Flow memory) {
        Tensor h = seen.at(hidden, step, state.h());
        return state.hasMemory()
                ? new CellState(h, seen.at(memory, step, state.c()))
                : new CellState(h);
    }

    private static int[] upTo(int n) {
        int[] index = new int[n];
        Arrays.setAll(index, i -> i);
        return index;
    }
}
