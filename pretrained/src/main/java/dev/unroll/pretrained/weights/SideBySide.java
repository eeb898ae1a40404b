package dev.unroll.pretrained.weights;

import dev.unroll.tensor.Parameter;
import java.util.List;

/** Matrices with the same rows, or vectors, stored as one. */
final class SideBySide {
    private SideBySide() {}

    /** The columns [from, from + count) of an array [rows, columns]. */
    static float[] columns(float[] all, int columns, int from, int count) {
        int rows = all.length / columns;
        float[] part = new float[rows * count];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(all, r * columns + from, part, r * count, count);
        }
        return part;
    }

    /** All parts in one array of a shape. */
    static float[] join(List<Parameter> parts, int[] shape) {
        int columns = shape[shape.length - 1];
        int rows = shape.length == 1 ? 1 : shape[0];
        float[] all = new float[rows * columns];
        int from = 0;
        for (Parameter part : parts) {
            float[] values = part.value().toArray();
            int count = values.length / rows;
            for (int r = 0; r < rows; r++) {
                System.arraycopy(values, r * count, all, r * columns + from, count);
            }
            from += count;
        }
        return all;
    }
}
