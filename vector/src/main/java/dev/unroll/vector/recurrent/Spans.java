package dev.unroll.vector.recurrent;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;

import dev.unroll.backend.View;
import dev.unroll.vector.base.VectorMath;

/**
 * Lines of numbers that lie in different places and are worked on together, element by element: the
 * gates of one row, its cell, its state.
 *
 * @param data the array
 * @param at place of the first number of the first line
 * @param step distance to the same line of the next row
 */
@SuppressWarnings("ArrayRecordComponent") // a window onto memory, not a value
record Spans(float[] data, int at, int step) {

    /** The rows of a contiguous view from one on. */
    static Spans of(View x, int row) {
        int width = x.dim(1);
        return new Spans(floats(x.buffer()), x.offset() + row * width, width);
    }

    /** The same rows from a column on. */
    Spans from(int column) {
        return new Spans(data, at + column, step);
    }

    /** A function of elements. */
    @FunctionalInterface
    interface Function {
        /**
         * @param n numbers in a line, a multiple of the lanes of a vector
         * @param data the array of each line
         * @param at where each line begins
         */
        void apply(int n, float[][] data, int[] at);
    }

    /**
     * Applies a function to some rows. What does not fill a vector is done in a copy, by the same
     * function, so its bits are the same and the function needs neither masks nor a second loop.
     *
     * <p>A function should use one of {@link VectorMath} at most, and early. The compiler inlines
     * no method of ours any more once a compilation has 18,000 nodes (NodeCountInliningCutoff),
     * which is some fifty vector operations; a vector that goes through such a call becomes an
     * object.
     *
     * @param rows number of rows
     * @param n numbers in a line
     * @param written so many of the lines, the first ones, are written
     * @param lines the lines of the first row
     */
    static void apply(Function function, int rows, int n, int written, Spans... lines) {
        float[][] data = new float[lines.length][];
        int[] at = new int[lines.length];
        for (int l = 0; l < lines.length; l++) {
            data[l] = lines[l].data;
        }
        int full = n - n % L;
        Rest rest = full < n ? new Rest(n - full, lines.length) : null;
        for (int row = 0; row < rows; row++) {
            for (int l = 0; l < lines.length; l++) {
                at[l] = lines[l].at + row * lines[l].step;
            }
            if (full > 0) {
                function.apply(full, data, at);
            }
            if (rest != null) {
                rest.apply(function, full, written, data, at);
            }
        }
    }

    /** The end of each line, in a copy with room for whole vectors. */
    private static final class Rest {
        private final int count;
        private final float[] copy;
        private final float[][] copies;
        private final int[] places;

        Rest(int count, int lines) {
            this.count = count;
            copy = new float[lines * L];
            copies = new float[lines][];
            places = new int[lines];
            for (int l = 0; l < lines; l++) {
                copies[l] = copy;
                places[l] = l * L;
            }
        }

        void apply(Function function, int from, int written, float[][] data, int[] at) {
            for (int l = 0; l < data.length; l++) {
                System.arraycopy(data[l], at[l] + from, copy, places[l], count);
            }
            function.apply(L, copies, places);
            for (int l = 0; l < written; l++) {
                System.arraycopy(copy, places[l], data[l], at[l] + from, count);
            }
        }
    }
}
