package dev.unroll.watch;

import dev.unroll.nn.Observer.Flow;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of squared gradients of one layer, by the number of steps that follow. */
final class FlowSums {
    /** Squared norms below this are underflow, of which no ratio can be taken. */
    private static final double NOTHING = 1e-60;

    private static final int FIRST_ROOM = 64;

    /**
     * One flow.
     *
     * @param squares by step
     * @param counts sequences by step
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sums(double[] squares, long[] counts) {}

    private final Map<Flow, Sums> flows = new EnumMap<>(Flow.class);
    private final Map<String, Double> radii = new LinkedHashMap<>();
    private int longest;

    void add(Flow flow, int following, double square) {
        Sums sums = flows.get(flow);
        if (sums == null || sums.squares.length <= following) {
            int room = Math.max(FIRST_ROOM, 2 * following);
            sums =
                    sums == null
                            ? new Sums(new double[room], new long[room])
                            : new Sums(
                                    Arrays.copyOf(sums.squares, room),
                                    Arrays.copyOf(sums.counts, room));
            flows.put(flow, sums);
        }
        sums.squares[following] += square;
        sums.counts[following]++;
    }

    void longest(int steps) {
        longest = Math.max(longest, steps);
    }

    void radius(String matrix, double radius) {
        radii.put(matrix, radius);
    }

    private double[] norms(Flow flow, int most) {
        Sums sums = flows.get(flow);
        double[] norms = new double[sums == null ? 0 : Math.min(most, longest)];
        for (int k = 0; k < norms.length && sums != null; k++) {
            norms[k] = Math.sqrt(sums.squares[k] / Math.max(1, sums.counts[k]));
        }
        return norms;
    }

    private double square(Flow flow, int following) {
        Sums sums = flows.get(flow);
        return sums == null || following >= sums.squares.length ? 0 : sums.squares[following];
    }

    /**
     * The result.
     *
     * @param most steps from the end
     */
    SequenceFlow flow(String layer, int most) {
        boolean recurrent = flows.containsKey(Flow.STATE_AFTER);
        double[] gain = new double[recurrent ? Math.min(most, longest) : 0];
        for (int k = 0; k < gain.length; k++) {
            double before = square(Flow.STATE_BEFORE, k) + square(Flow.MEMORY_BEFORE, k);
            double after = square(Flow.STATE_AFTER, k) + square(Flow.MEMORY_AFTER, k);
            gain[k] = after < NOTHING ? Double.NaN : Math.sqrt(before / after);
        }
        return new SequenceFlow(
                layer,
                norms(Flow.INPUT, most),
                norms(Flow.STATE_BEFORE, most),
                norms(Flow.MEMORY_BEFORE, most),
                gain,
                radii);
    }
}
