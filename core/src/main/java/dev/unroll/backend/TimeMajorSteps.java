package dev.unroll.backend;

/**
 * The order of the rows of a recurrence: time-major, longest sequence first. Step t works on {@code
 * sizes[t]} rows that follow those of step t−1; sizes never grow, because a finished sequence drops
 * out. Row j of step t continues row j of step t−1.
 *
 * @param sizes sequences still running at each step, not increasing, none 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record TimeMajorSteps(int[] sizes) {
    public TimeMajorSteps {
        for (int t = 0; t < sizes.length; t++) {
            if (sizes[t] < 1 || (t > 0 && sizes[t] > sizes[t - 1])) {
                throw new IllegalArgumentException(
                        "step " + t + " has " + sizes[t] + " rows; steps must shrink, never to 0");
            }
        }
    }

    /** Number of steps: the length of the longest sequence. */
    public int count() {
        return sizes.length;
    }

    /** Number of sequences. */
    public int batch() {
        return sizes.length == 0 ? 0 : sizes[0];
    }

    /** Rows of all steps together. */
    public int rows() {
        int rows = 0;
        for (int size : sizes) {
            rows += size;
        }
        return rows;
    }

    /** An action at each step of a recurrence. */
    @FunctionalInterface
    public interface Visit {
        /**
         * @param start first row of the step
         * @param size how many rows it has
         * @param before first row of the step before, or −1 in the first step
         */
        void step(int start, int size, int before);
    }

    /** Visits every step, from the first to the last, or from the last to the first. */
    public void visit(boolean backwards, Visit visit) {
        int[] starts = new int[sizes.length + 1];
        for (int t = 0; t < sizes.length; t++) {
            starts[t + 1] = starts[t] + sizes[t];
        }
        for (int i = 0; i < sizes.length; i++) {
            int t = backwards ? sizes.length - 1 - i : i;
            visit.step(starts[t], sizes[t], t == 0 ? -1 : starts[t - 1]);
        }
    }

    /** For each row from the second step on, the row it continues. */
    public int[] previous() {
        int[] previous = new int[rows() - batch()];
        int at = 0;
        int before = 0;
        for (int t = 1; t < sizes.length; t++) {
            for (int j = 0; j < sizes[t]; j++) {
                previous[at++] = before + j;
            }
            before += sizes[t - 1];
        }
        return previous;
    }
}
