package dev.unroll.watch;

import dev.unroll.nn.Observer.Flow;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Probe;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/** Gathers the gradients of rows that are laid end to end, by their distance to the end. */
final class RowRecorder {
    private RowRecorder() {}

    static Tensor probe(Sequences rows, FlowSums sums) {
        Layout layout = rows.layout();
        for (int s = 0; s < layout.batch(); s++) {
            sums.longest(layout.length(s));
        }
        return Probe.of(rows.rows(), gradient -> add(gradient, layout, sums));
    }

    private static void add(Tensor gradient, Layout layout, FlowSums sums) {
        float[] values = gradient.toArray();
        int width = gradient.dim(1);
        for (int s = 0; s < layout.batch(); s++) {
            int end = layout.offsets()[s + 1];
            for (int row = layout.offsets()[s]; row < end; row++) {
                double square = 0;
                for (int j = row * width; j < (row + 1) * width; j++) {
                    square += (double) values[j] * values[j];
                }
                sums.add(Flow.INPUT, end - 1 - row, square);
            }
        }
    }
}
