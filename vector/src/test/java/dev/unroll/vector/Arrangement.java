package dev.unroll.vector;

import dev.unroll.backend.View;

/** How the numbers of a test lie in memory. */
enum Arrangement {
    /** one after another, from the start of the buffer */
    PLAIN,
    /** one after another, from somewhere inside the buffer */
    OFFSET,
    /** a gap after each innermost row */
    PADDED,
    /** the first dimension runs fastest */
    TRANSPOSED,
    /** a gap after each element */
    STEPPED,
    /** the first dimension repeats the same numbers */
    OUTER_REPEATED,
    /** the last dimension repeats the same number */
    INNER_REPEATED,
    /** one number everywhere */
    ALL_REPEATED;

    /** Those in which each element has a place of its own. */
    static final Arrangement[] WRITABLE = {PLAIN, OFFSET, PADDED, TRANSPOSED, STEPPED};

    /** Those whose innermost row is contiguous. */
    static final Arrangement[] ROWS = {PLAIN, OFFSET, PADDED};

    /** Distance between the buffer's start and the first element. */
    int offset() {
        return this == OFFSET || this == PADDED || this == INNER_REPEATED ? 5 : 0;
    }

    int[] strides(int... dims) {
        int rank = dims.length;
        int[] strides = View.contiguousStrides(dims);
        switch (this) {
            case PLAIN, OFFSET -> {}
            case PADDED -> {
                for (int d = 0; d < rank - 1; d++) {
                    strides[d] = strides[d] / Math.max(1, dims[rank - 1]) * (dims[rank - 1] + 3);
                }
            }
            case TRANSPOSED -> {
                int step = 1;
                for (int d = 0; d < rank; d++) {
                    strides[d] = step;
                    step *= Math.max(1, dims[d]);
                }
            }
            case STEPPED -> {
                for (int d = 0; d < rank; d++) {
                    strides[d] *= 2;
                }
            }
            case OUTER_REPEATED -> {
                if (rank > 0) {
                    strides[0] = 0;
                }
            }
            case INNER_REPEATED -> {
                if (rank > 0) {
                    strides[rank - 1] = 0;
                }
            }
            case ALL_REPEATED -> {
                for (int d = 0; d < rank; d++) {
                    strides[d] = 0;
                }
            }
        }
        return strides;
    }
}
