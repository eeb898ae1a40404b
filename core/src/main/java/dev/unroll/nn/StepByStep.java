package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Picked;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Unrolls a cell by its formula, one step after another: what {@link Cell#unroll} does in one
 * operation. Slower, and every intermediate state can be looked at.
 */
public final class StepByStep {
    private StepByStep() {}

    /** The same as {@link Cell#unroll}. */
    public static <S> Cell.Unrolled<S> unroll(
            Cell<S> cell, Sequences xs, S first, boolean backwards) {
        Layout layout = xs.layout();
        TimeMajorOrder order = TimeMajorOrder.of(layout, backwards);
        Tensor x = order.into(Picked.each(xs.rows())).rows();
        int[] sizes = order.steps().sizes();
        S state = cell.gather(first, order.order().order());
        List<Tensor> visible = new ArrayList<>();
        List<S> ended = new ArrayList<>();
        int row = 0;
        for (int t = 0; t < sizes.length; t++) {
            state = cell.step(x.slice(0, row, row + sizes[t]), state);
            visible.add(cell.output(state));
            int next = t + 1 < sizes.length ? sizes[t + 1] : 0;
            for (int j = sizes[t] - 1; j >= next; j--) {
                ended.add(cell.gather(state, j)); // the shortest first
            }
            state = cell.gather(state, upTo(next));
            row += sizes[t];
        }
        Tensor rows =
                visible.isEmpty()
                        ? Tensor.zeros(0, cell.hidden())
                        : Tensor.concat(0, visible.toArray(Tensor[]::new));
        return new Cell.Unrolled<>(order.back(rows), last(cell, first, layout, order, ended));
    }

    private static <S> S last(
            Cell<S> cell, S first, Layout layout, TimeMajorOrder order, List<S> ended) {
        List<Tensor> hs = new ArrayList<>();
        List<Tensor> cs = new ArrayList<>();
        int[] place = new int[layout.batch()];
        for (int j = 0; j < ended.size(); j++) {
            place[order.order().order()[ended.size() - 1 - j]] = j + 1;
        }
        for (int s = 0; s < layout.batch(); s++) {
            S state = place[s] == 0 ? cell.gather(first, s) : ended.get(place[s] - 1);
            hs.add(cell.output(state));
            cs.add(state instanceof Lstm.State lstm ? lstm.c() : cell.output(state));
        }
        if (hs.isEmpty()) {
            return first;
        }
        return cell.state(
                Tensor.concat(0, hs.toArray(Tensor[]::new)),
                Tensor.concat(0, cs.toArray(Tensor[]::new)));
    }

    private static int[] upTo(int n) {
        int[] index = new int[n];
        Arrays.setAll(index, i -> i);
        return index;
    }
}
