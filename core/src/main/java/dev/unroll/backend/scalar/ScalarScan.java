package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Scan;
import dev.unroll.backend.View;

/** The reference: one step after another. */
final class ScalarScan implements Scan {

    @Override
    public void linear(Order order, View a, View b, View h0, View h) {
        int width = h.dim(1);
        for (int s = 0; s < order.batch(); s++) {
            View before = h0;
            int at = s;
            for (int t = 0; t < order.length(s); t++) {
                int row = order.row(s, t);
                for (int j = 0; j < width; j++) {
                    float kept = get(a, row, j) * get(before, at, j);
                    set(h, row, j, kept + get(b, row, j));
                }
                before = h;
                at = row;
            }
        }
    }

    @Override
    public void linearBackward(
            Order order, View a, View h, View h0, View dh, View da, View db, View dh0) {
        int width = h.dim(1);
        for (int s = 0; s < order.batch(); s++) {
            float[] carried = new float[width];
            for (int t = order.length(s) - 1; t >= 0; t--) {
                int row = order.row(s, t);
                for (int j = 0; j < width; j++) {
                    float before = t == 0 ? get(h0, s, j) : get(h, order.row(s, t - 1), j);
                    float g = get(dh, row, j) + carried[j];
                    set(db, row, j, g);
                    set(da, row, j, g * before);
                    carried[j] = get(a, row, j) * g;
                }
            }
            for (int j = 0; j < width; j++) {
                set(dh0, s, j, carried[j]);
            }
        }
    }

    private static float get(View x, int row, int column) {
        return floats(x.buffer())[x.offset() + row * x.dim(1) + column];
    }

    private static void set(View x, int row, int column, float value) {
        floats(x.buffer())[x.offset() + row * x.dim(1) + column] = value;
    }
}
