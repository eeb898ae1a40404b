package dev.unroll.tasks.metrics;

import java.util.Arrays;

/**
 * Retrieval metrics: recall at a cut-off, and mean reciprocal rank. The rank of a query is the
 * place of its first relevant text when all texts are sorted by their similarity to the query
 * (Manning et al. 2008, chapter 8; Voorhees 1999).
 *
 * @param recallAt1 share of the questions whose first right text is at rank 1
 * @param recallAt5 at rank 5 or before
 * @param recallAt10 at rank 10 or before
 * @param meanReciprocalRank mean of 1/rank
 */
public record Retrieval(
        double recallAt1, double recallAt5, double recallAt10, double meanReciprocalRank) {

    /**
     * {@return the metrics of some ranks}
     *
     * @param ranks one for each question, from 1; of none, all metrics are 0
     * @throws IllegalArgumentException if a rank is below 1
     */
    public static Retrieval of(int[] ranks) {
        for (int rank : ranks) {
            if (rank < 1) {
                throw new IllegalArgumentException("ranks are counted from 1, not " + rank);
            }
        }
        return new Retrieval(
                recall(ranks, 1),
                recall(ranks, 5),
                recall(ranks, 10),
                Arrays.stream(ranks).mapToDouble(rank -> 1.0 / rank).average().orElse(0));
    }

    private static double recall(int[] ranks, int last) {
        return Arrays.stream(ranks).mapToDouble(rank -> rank <= last ? 1 : 0).average().orElse(0);
    }
}
