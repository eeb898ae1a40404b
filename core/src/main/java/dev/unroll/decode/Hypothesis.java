package dev.unroll.decode;

import java.util.Arrays;

/**
 * One answer of a search.
 *
 * @param tokens [length], without the start and the end token
 * @param logProbability the sum of the network's log-probabilities of the tokens, and of the end
 *     token where finished; natural logarithm, at most 0
 * @param score what hypotheses of one sentence are ranked by: for {@link Beam} the log-probability
 *     divided by the length penalty, otherwise the log-probability itself
 * @param finished whether the network ended it; false where the maximum length cut it off
 */
public record Hypothesis(int[] tokens, double logProbability, double score, boolean finished) {

    /** Copies the tokens, so that a hypothesis never changes. */
    public Hypothesis {
        tokens = tokens.clone();
    }

    /** {@return a copy of the tokens, [length], without the start and the end token} */
    @Override
    public int[] tokens() {
        return tokens.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hypothesis that
                && Arrays.equals(tokens, that.tokens)
                && Double.compare(logProbability, that.logProbability) == 0
                && Double.compare(score, that.score) == 0
                && finished == that.finished;
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(tokens);
        hash = 31 * hash + Double.hashCode(logProbability);
        hash = 31 * hash + Double.hashCode(score);
        return 31 * hash + Boolean.hashCode(finished);
    }

    @Override
    public String toString() {
        return "Hypothesis[tokens=%s, logProbability=%s, score=%s, finished=%s]"
                .formatted(Arrays.toString(tokens), logProbability, score, finished);
    }
}
