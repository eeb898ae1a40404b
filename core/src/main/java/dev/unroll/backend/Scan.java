package dev.unroll.backend;

/**
 * Linear recurrences over sequences that lie end to end, without padding:
 *
 * <pre>
 *   h[t] = a[t] ⊙ h[t−1] + b[t]
 * </pre>
 *
 * <p>Nothing in a step needs a product with the state before, so that a backend may share
 * sequences, columns, and also the steps of one sequence among threads (a scan: Blelloch 1990,
 * section 1.4.1). Where it cuts a sequence in time depends on the sequence alone, neither on its
 * neighbours nor on the number of threads. All views are contiguous.
 */
public interface Scan {

    /**
     * Which rows belong to which sequence, and the direction of time.
     *
     * @param offsets [batch + 1]: sequence s is the rows [offsets[s], offsets[s + 1]), none if they
     *     are equal; from 0, not decreasing
     * @param backwards from the last row of each sequence to its first
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    record Order(int[] offsets, boolean backwards) {

        /** {@return the number of sequences} */
        public int batch() {
            return offsets.length - 1;
        }

        /** {@return the number of rows of a sequence} */
        public int length(int s) {
            return offsets[s + 1] - offsets[s];
        }

        /**
         * {@return the row of a step}
         *
         * @param s the sequence
         * @param t the step, from 0 in the direction of time
         */
        public int row(int s, int t) {
            return backwards ? offsets[s + 1] - 1 - t : offsets[s] + t;
        }
    }

    /**
     * All steps of all sequences.
     *
     * @param a [rows, width]
     * @param b [rows, width]
     * @param h0 [batch, width], the states before the first steps
     * @param h [rows, width], written
     */
    void linear(Order order, View a, View b, View h0, View h);

    /**
     * The derivative, which is the recurrence in the other direction: g[t] = dh[t] + a[t+1] ⊙
     * g[t+1], db = g, da[t] = g[t] ⊙ h[t−1].
     *
     * @param h [rows, width], as {@link #linear} left it
     * @param dh [rows, width], gradient of h
     * @param da [rows, width], written
     * @param db [rows, width], written
     * @param dh0 [batch, width], written
     */
    void linearBackward(Order order, View a, View h, View h0, View dh, View da, View db, View dh0);
}
