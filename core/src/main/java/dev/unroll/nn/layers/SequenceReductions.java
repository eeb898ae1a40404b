package dev.unroll.nn.layers;

import dev.unroll.tensor.Gather;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/** Where sequences begin and end. */
public final class SequenceReductions {
    private SequenceReductions() {}

    /** The number of each sequence's first row; none may be empty. */
    public static int[] first(Layout layout) {
        int[] rows = new int[layout.batch()];
        for (int s = 0; s < rows.length; s++) {
            requireRows(layout, s);
            rows[s] = layout.offsets()[s];
        }
        return rows;
    }

    /** The number of each sequence's last row; none may be empty. */
    public static int[] last(Layout layout) {
        int[] rows = new int[layout.batch()];
        for (int s = 0; s < rows.length; s++) {
            requireRows(layout, s);
            rows[s] = layout.offsets()[s + 1] - 1;
        }
        return rows;
    }

    /** Refuses a layout in which a sequence is empty. */
    public static void requireRows(Layout layout) {
        for (int s = 0; s < layout.batch(); s++) {
            requireRows(layout, s);
        }
    }

    private static void requireRows(Layout layout, int s) {
        if (layout.length(s) == 0) {
            throw new IllegalArgumentException(
                    "sequence "
                            + s
                            + " is empty: it has no row to be pooled, neither a first nor a last");
        }
    }

    /** The mean of each sequence's rows, [batch, width]; none may be empty. */
    public static Tensor mean(Sequences x) {
        requireRows(x.layout());
        return meanOrZeros(x);
    }

    /** The mean of each sequence's rows, [batch, width]; zeros for an empty one. */
    public static Tensor meanOrZeros(Sequences x) {
        Layout layout = x.layout();
        float[] share = new float[layout.batch()];
        for (int s = 0; s < share.length; s++) {
            share[s] = 1f / Math.max(1, layout.length(s));
        }
        return Gather.sumInto(x.rows(), layout.sequences(), share.length)
                .times(Tensor.of(share, share.length, 1));
    }
}
