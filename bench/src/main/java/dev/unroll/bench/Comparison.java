package dev.unroll.bench;

import java.util.Arrays;

/**
 * Times two sides in turn, so that the machine's moods meet both.
 *
 * @param rounds timed turns of each side; the median counts
 */
public record Comparison(int rounds) {

    public Comparison {
        if (rounds < 1) {
            throw new IllegalArgumentException("a comparison takes a round or more, not " + rounds);
        }
    }

    /**
     * Compares what both sides compute, warms them up and times them.
     *
     * @throws IllegalStateException if the two sides compute different numbers
     */
    public Outcome of(Work work) {
        try (Contestant ours = work.ours().get();
                Contestant theirs = work.theirs().get()) {
            double ourNumber = Double.NaN;
            double theirNumber = Double.NaN;
            for (int i = 0; i < Work.COMPARED; i++) {
                double a = ours.run();
                double b = theirs.run();
                if (!(Math.abs(a - b) <= work.tolerance() * Math.abs(b))) {
                    throw new IllegalStateException(
                            "%s: run %d gives %s here and %s in %s: not the same function"
                                    .formatted(work.name(), i + 1, a, b, work.peer()));
                }
                ourNumber = i == 0 ? a : ourNumber;
                theirNumber = i == 0 ? b : theirNumber;
            }
            Pace pace = work.pace();
            int ourRuns = warmUp(ours, pace.warmUp(), pace.round());
            int settings = work.theirThreads().size();
            int[] theirRuns = new int[settings];
            for (int s = 0; s < settings; s++) {
                theirs.threads(work.theirThreads().get(s));
                theirRuns[s] = warmUp(theirs, pace.warmUp() / 5, pace.round());
            }
            double[] us = new double[rounds];
            double[][] them = new double[settings][rounds];
            for (int r = 0; r < rounds; r++) {
                us[r] = rate(ours, ourRuns, work.amount());
                for (int s = 0; s < settings; s++) {
                    theirs.threads(work.theirThreads().get(s));
                    them[s][r] = rate(theirs, theirRuns[s], work.amount());
                }
            }
            int best = 0;
            for (int s = 1; s < settings; s++) {
                best = median(them[s]) > median(them[best]) ? s : best;
            }
            double mine = median(us);
            double other = median(them[best]);
            return new Outcome(
                    work.name(),
                    work.peer(),
                    work.unit(),
                    mine,
                    other,
                    mine / other,
                    work.theirThreads().get(best),
                    ourNumber,
                    theirNumber);
        }
    }

    /** Runs for some seconds; says how many runs make a round, by the last ones. */
    private static int warmUp(Contestant side, double seconds, double round) {
        long begun = System.nanoTime();
        double last;
        do {
            long start = System.nanoTime();
            side.run();
            last = (System.nanoTime() - start) * 1e-9;
        } while ((System.nanoTime() - begun) * 1e-9 < seconds);
        return (int) Math.clamp(Math.ceil(round / last), 1, 1e6);
    }

    private static double rate(Contestant side, int runs, double amount) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            side.run();
        }
        return runs * amount / ((System.nanoTime() - start) * 1e-9);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
