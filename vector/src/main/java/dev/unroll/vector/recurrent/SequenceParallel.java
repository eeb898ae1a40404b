package dev.unroll.vector.recurrent;

import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.vector.base.Workers;

/**
 * Sends the sequences of a batch through time on several threads. A thread takes some sequences
 * from their first step to their last and needs to meet nobody on the way.
 */
final class SequenceParallel {
    /** Sequences are dealt in fours: the lowest tile. */
    private static final int DEAL = 4;

    private SequenceParallel() {}

    /** One step of some sequences. */
    @FunctionalInterface
    interface Step {
        /**
         * @param row row of the first of them in this step
         * @param sequence number of the first of them
         * @param count how many of them have this step
         * @param before row of the first of them in the step before, or −1 in the first step
         */
        void take(int row, int sequence, int count, int before);
    }

    /** All sequences, each from its first step to its last, or from its last to its first. */
    static void run(Workers workers, TimeMajorSteps steps, boolean backwards, Step step) {
        int[] cuts = cuts(steps, workers.threads());
        workers.run(
                cuts.length - 1,
                part -> {
                    int from = cuts[part];
                    steps.visit(
                            backwards,
                            (start, size, before) -> {
                                int count = Math.min(size, cuts[part + 1]) - from;
                                if (count > 0) {
                                    int last = before < 0 ? -1 : before + from;
                                    step.take(start + from, from, count, last);
                                }
                            });
                });
    }

    /** Where to cut the batch, so that each part has about the same number of rows in all. */
    static int[] cuts(TimeMajorSteps steps, int threads) {
        int batch = steps.batch();
        int deals = (batch + DEAL - 1) / DEAL;
        int parts = Math.min(threads, deals);
        long[] sum = new long[deals + 1]; // rows of the first so many deals
        for (int size : steps.sizes()) {
            for (int d = 0; d * DEAL < size; d++) {
                sum[d + 1] += Math.min(DEAL, size - d * DEAL);
            }
        }
        for (int d = 0; d < deals; d++) {
            sum[d + 1] += sum[d];
        }
        int[] cuts = new int[parts + 1];
        int d = 0;
        for (int p = 1; p < parts; p++) {
            long goal = sum[deals] * p / parts;
            d++;
            while (d < deals - (parts - p) && sum[d] + sum[d + 1] <= 2 * goal) {
                d++;
            }
            cuts[p] = d * DEAL;
        }
        cuts[parts] = batch;
        return cuts;
    }
}
