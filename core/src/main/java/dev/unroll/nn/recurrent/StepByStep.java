package dev.unroll.nn.recurrent;

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
        order.requireRows(first.h());
        Tensor x = order.into(xs).rows();
        int[] sizes = order.steps().sizes();
        CellState state = first.gather(order.order().order());
        List<Tensor> visible = new ArrayList<>();
        List<CellState> ended = new ArrayList<>();
        int row = 0;
        for (int t = 0; t < sizes.length; t++) {
            state = cell.step(x.slice(0, row, row + sizes[t]), state);
            visible.add(state.h());
            int next = t + 1 < sizes.length ? sizes[t + 1] : 0;
            for (int j = sizes[t] - 1; j >= next; j--) {
                ended.add(state.gather(j)); // the shortest first
            }
            state = state.gather(upTo(next));
            row += sizes[t];
        }
        Tensor rows =
                visible.isEmpty()
                        ? Tensor.zeros(0, cell.hidden())
                        : Tensor.concat(0, visible.toArray(Tensor[]::new));
        return new Cell.Unrolled(order.back(rows), last(first, layout, order, ended));
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

    private static int[] upTo(int n) {
        int[] index = new int[n];
        Arrays.setAll(index, i -> i);
        return index;
    }
}
