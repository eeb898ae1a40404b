package dev.unroll.vector.recurrent;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Scan;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;

/** Linear recurrences, row by row; threads share sequences, columns, and steps. */
public final class VectorScan implements Scan {
    private final Workers workers;
    private final boolean plain;

    /**
     * Makes the operations.
     *
     * @param workers the threads that share the work
     * @param plain without vectors, to the same bits
     */
    public VectorScan(Workers workers, boolean plain) {
        this.workers = workers;
        this.plain = plain;
    }

    @Override
    public void linear(Order order, View a, View b, View h0, View h) {
        Pieces pieces = Pieces.of(order, h.dim(1));
        new PieceScan(pieces, 0, a, b, h0, h, plain).run(workers, (s, t, column, n) -> {});
    }

    @Override
    public void linearBackward(
            Order order, View a, View h, View h0, View dh, View da, View db, View dh0) {
        int width = h.dim(1);
        Order back = new Order(order.offsets(), !order.backwards());
        int zeros = dh0.offset(); // for sequences without a step
        Arrays.fill(floats(dh0.buffer()), zeros, zeros + dh0.size(), 0);
        new PieceScan(Pieces.of(back, width), 1, a, dh, dh0, db, plain)
                .run(
                        workers,
                        (s, t, column, n) -> {
                            int at = back.row(s, t) * width + column;
                            boolean end = t == back.length(s) - 1;
                            View states = end ? h0 : h;
                            int before = (end ? s : back.row(s, t + 1)) * width + column;
                            times(db, at, states, before, da, at, n);
                            if (end) {
                                times(db, at, a, at, dh0, before, n);
                            }
                        });
    }

    /** z = x ⊙ y, n numbers from a place of each view on. */
    private void times(View x, int xAt, View y, int yAt, View z, int to, int n) {
        ScanLoops.multiply(
                floats(x.buffer()),
                x.offset() + xAt,
                floats(y.buffer()),
                y.offset() + yAt,
                floats(z.buffer()),
                z.offset() + to,
                n,
                plain);
    }
}
