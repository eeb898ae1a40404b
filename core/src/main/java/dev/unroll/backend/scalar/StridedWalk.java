package dev.unroll.backend.scalar;

import dev.unroll.backend.View;

/** Visits the elements of strided views together, one innermost row after another. */
public final class StridedWalk {
    private StridedWalk() {}

    /** One row: its length, and where it starts in each view. */
    @FunctionalInterface
    public interface Row {
        void visit(int length, int[] starts);
    }

    /**
     * Visits the rows of views of the same dims.
     *
     * @param views at least one
     */
    public static void rows(Row row, View... views) {
        int[] dims = views[0].dims();
        int rank = dims.length;
        int[] at = new int[views.length];
        for (int v = 0; v < views.length; v++) {
            at[v] = views[v].offset();
        }
        if (View.size(dims) == 0) {
            return;
        }
        if (rank == 0) {
            row.visit(1, at);
            return;
        }
        int[] index = new int[rank];
        while (true) {
            row.visit(dims[rank - 1], at);
            int d = rank - 2;
            for (; d >= 0; d--) {
                for (int v = 0; v < views.length; v++) {
                    at[v] += views[v].strides()[d];
                }
                if (++index[d] < dims[d]) {
                    break;
                }
                for (int v = 0; v < views.length; v++) {
                    at[v] -= dims[d] * views[v].strides()[d];
                }
                index[d] = 0;
            }
            if (d < 0) {
                return;
            }
        }
    }

    /** Distance between neighbours of a row; 0 if the view has no dimension. */
    public static int step(View view) {
        return view.rank() == 0 ? 0 : view.strides()[view.rank() - 1];
    }

    /** A view of y with the dims of x: where y has one element along a dimension, it repeats. */
    public static View spread(View y, View x) {
        int[] strides = y.strides().clone();
        for (int d = 0; d < strides.length; d++) {
            if (y.dims()[d] == 1 && x.dims()[d] != 1) {
                strides[d] = 0;
            }
        }
        return new View(y.buffer(), y.offset(), x.dims(), strides);
    }
}
