package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.stream.IntStream;

/** How large a cell state becomes. */
public final class CellSize {
    private CellSize() {}

    /**
     * {@return the root mean square of the memory c after each step}
     *
     * @param cell one that has a memory
     * @param x sequences of one length
     */
    public static double[] overTime(Cell cell, Sequences x) {
        int batch = x.layout().batch();
        double[] size = new double[x.layout().length(0)];
        CellState state = cell.start(batch);
        for (int t = 0; t < size.length; t++) {
            int at = t;
            int[] rows = IntStream.range(0, batch).map(s -> s * size.length + at).toArray();
            state = cell.step(x.rows().gather(rows), state);
            size[t] = Math.sqrt(state.c().square().mean().item());
        }
        return size;
    }

    /** {@return the same for 16 sequences of normal numbers of a scale, two a row} */
    public static double[] overNoise(Cell cell, double scale, int length, Seed seed) {
        Tensor rows = seed.at("x").normal(scale, 16 * length, 2).value();
        return overTime(cell, new Sequences(rows, Layout.even(16, length)));
    }
}
