package dev.unroll.decode;

import java.util.List;

/**
 * Takes the most probable token at every step; of equally probable ones the smallest. Gives one
 * hypothesis a sentence.
 */
public record Greedy() implements Search {

    @Override
    public List<List<Hypothesis>> search(
            NextToken next, int startToken, int endToken, int[] maxLengths) {
        return SearchLoop.ranked(
                new SearchLoop.Request(next, startToken, endToken, maxLengths),
                1,
                SingleHypothesis.choosing(
                        (best, row, _, _) ->
                                new SingleHypothesis.Chosen(best.tokens()[row], best.logs()[row])));
    }

    /** The first of the greatest values, which are not NaN. */
    static int mostProbable(float[] logProbabilities) {
        int best = 0;
        for (int token = 1; token < logProbabilities.length; token++) {
            if (logProbabilities[token] > logProbabilities[best]) {
                best = token;
            }
        }
        return best;
    }
}
