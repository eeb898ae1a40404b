package dev.unroll.vector.elementwise;

import dev.unroll.backend.View;
import java.util.Arrays;

/**
 * Nested loops over views of the same dims: as few loops as the strides allow, the innermost one
 * along the last view's shortest stride. Neighbouring dimensions that every view walks without a
 * gap become one, so views that are all contiguous become a single row.
 *
 * @param dims sizes of the loops; at least one
 * @param strides for each view, the strides of the loops
 * @param offsets for each view, the place of its first element
 */
record LoopNest(int[] dims, int[][] strides, int[] offsets) {

    static LoopNest of(View... views) {
        int rank = 0;
        int[] order = new int[views[0].rank()];
        for (int d = 0; d < views[0].rank(); d++) {
            if (views[0].dims()[d] != 1) {
                order[rank++] = d;
            }
        }
        sort(order, rank, views[views.length - 1].strides());
        int[] dims = new int[Math.max(1, rank)];
        int[][] strides = new int[views.length][dims.length];
        int used = 0;
        for (int i = 0; i < rank; i++) {
            int d = order[i];
            int size = views[0].dims()[d];
            if (used > 0 && follows(views, strides, used - 1, d)) {
                dims[used - 1] *= size;
            } else {
                dims[used++] = size;
            }
            for (int v = 0; v < views.length; v++) {
                strides[v][used - 1] = views[v].strides()[d];
            }
        }
        if (used == 0) {
            dims[used++] = 1;
            for (int[] of : strides) {
                of[0] = 1;
            }
        }
        int[] offsets = new int[views.length];
        for (int v = 0; v < views.length; v++) {
            strides[v] = Arrays.copyOf(strides[v], used);
            offsets[v] = views[v].offset();
        }
        return new LoopNest(Arrays.copyOf(dims, used), strides, offsets);
    }

    /** Longest strides first; dimensions of like strides keep their order. */
    private static void sort(int[] order, int rank, int[] strides) {
        for (int i = 1; i < rank; i++) {
            int d = order[i];
            int j = i;
            for (; j > 0 && strides[order[j - 1]] < strides[d]; j--) {
                order[j] = order[j - 1];
            }
            order[j] = d;
        }
    }

    /** {@return whether one step of the loop is a whole walk along dimension d in every view} */
    private static boolean follows(View[] views, int[][] strides, int loop, int d) {
        for (int v = 0; v < views.length; v++) {
            if (strides[v][loop] != views[v].strides()[d] * views[v].dims()[d]) {
                return false;
            }
        }
        return true;
    }

    /** Number of loops. */
    int rank() {
        return dims.length;
    }

    /** Length of the innermost loop. */
    int length() {
        return dims[dims.length - 1];
    }

    /** Number of times that the innermost loop runs. */
    int rows() {
        int rows = 1;
        for (int d = 0; d < dims.length - 1; d++) {
            rows *= dims[d];
        }
        return rows;
    }

    /** Elements in all. */
    int size() {
        return rows() * length();
    }

    /** Distance between neighbours of view v in the innermost loop. */
    int step(int v) {
        return strides[v][dims.length - 1];
    }

    /** Where a row begins in view v. */
    int start(int v, int row) {
        int start = offsets[v];
        int rest = row;
        for (int d = dims.length - 2; d >= 0; d--) {
            start += rest % dims[d] * strides[v][d];
            rest /= dims[d];
        }
        return start;
    }
}
