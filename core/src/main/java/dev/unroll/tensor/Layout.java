package dev.unroll.tensor;

import dev.unroll.backend.TimeMajorSteps;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Where each sequence of a batch lies when all are laid end to end, without padding: sequence s is
 * the rows [offsets[s], offsets[s + 1]).
 *
 * @param offsets [batch + 1], from 0, not decreasing
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look inside
public record Layout(int[] offsets) {
    public Layout {
        offsets = offsets.clone();
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException("a layout begins at row 0");
        }
        for (int s = 1; s < offsets.length; s++) {
            if (offsets[s] < offsets[s - 1]) {
                throw new IllegalArgumentException(
                        "sequence " + (s - 1) + " has a negative length");
            }
        }
    }

    /** Sequences of these lengths. */
    public static Layout of(int... lengths) {
        int[] offsets = new int[lengths.length + 1];
        for (int s = 0; s < lengths.length; s++) {
            offsets[s + 1] = Math.addExact(offsets[s], lengths[s]);
        }
        return new Layout(offsets);
    }

    /** A batch of sequences of equal length. */
    public static Layout even(int batch, int length) {
        int[] lengths = new int[batch];
        Arrays.fill(lengths, length);
        return of(lengths);
    }

    /** Number of sequences. */
    public int batch() {
        return offsets.length - 1;
    }

    /** Number of rows of all sequences together. */
    public int tokens() {
        return offsets[offsets.length - 1];
    }

    /** Length of a sequence. */
    public int length(int s) {
        return offsets[s + 1] - offsets[s];
    }

    /** All lengths. */
    public int[] lengths() {
        return IntStream.range(0, batch()).map(this::length).toArray();
    }

    /** For each row, its place within its sequence, from 0. */
    public int[] positions() {
        int[] positions = new int[tokens()];
        for (int s = 0; s < batch(); s++) {
            for (int i = offsets[s]; i < offsets[s + 1]; i++) {
                positions[i] = i - offsets[s];
            }
        }
        return positions;
    }

    /** The same, each sequence counted from a number of its own. */
    public int[] positions(int[] starts) {
        int[] positions = positions();
        for (int s = 0; s < batch(); s++) {
            for (int i = offsets[s]; i < offsets[s + 1]; i++) {
                positions[i] += starts[s];
            }
        }
        return positions;
    }

    /** For each row, its sequence. */
    public int[] sequences() {
        int[] sequences = new int[tokens()];
        for (int s = 0; s < batch(); s++) {
            Arrays.fill(sequences, offsets[s], offsets[s + 1], s);
        }
        return sequences;
    }

    /**
     * The order in which a recurrence goes: step by step, longest sequence first, finished ones
     * left out.
     *
     * @param backwards from the last token of each sequence to its first
     */
    public TimeMajor timeMajor(boolean backwards) {
        int[] order =
                IntStream.range(0, batch())
                        .filter(s -> length(s) > 0)
                        .boxed()
                        .sorted(Comparator.comparingInt(s -> -length(s)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int longest = order.length == 0 ? 0 : length(order[0]);
        int[] sizes = new int[longest];
        int[] rows = new int[tokens()];
        int[] last = new int[order.length];
        int at = 0;
        int running = order.length;
        for (int t = 0; t < longest; t++) {
            while (length(order[running - 1]) <= t) {
                running--;
            }
            sizes[t] = running;
            for (int j = 0; j < running; j++) {
                int s = order[j];
                rows[at] = backwards ? offsets[s + 1] - 1 - t : offsets[s] + t;
                last[j] = at++;
            }
        }
        return new TimeMajor(new TimeMajorSteps(sizes), rows, order, last);
    }

    /**
     * A recurrence's order of rows.
     *
     * @param steps how many sequences each step works on
     * @param rows [tokens]: for each row of that order, the row of the layout
     * @param order for each place in a step, the sequence; empty ones are missing
     * @param last for each place in a step, the row of that order where its sequence ends
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record TimeMajor(TimeMajorSteps steps, int[] rows, int[] order, int[] last) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout l && Arrays.equals(offsets, l.offsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        return "Layout" + Arrays.toString(lengths());
    }
}
