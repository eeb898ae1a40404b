package dev.unroll.decode;

import java.util.List;

/**
 * Beam search: keeps the most probable beginnings of a sentence, not only the best one.
 *
 * <p>The beam has {@code width} places. A hypothesis that ends keeps its place and the others go on
 * in the places left, so a beam of width 1 is {@link Greedy}. Hypotheses of different length are
 * compared by the length penalty of Wu et al. 2016, "Google's Neural Machine Translation System",
 * equation 14 (without its coverage term):
 *
 * <pre>
 *   score(Y) = log P(Y) / lp(Y)        lp(Y) = ((5 + |Y|) / 6)^α
 * </pre>
 *
 * where |Y| counts every predicted token, the end token too.
 *
 * <p>A sentence is not done because some hypothesis has ended, nor because the best one has: with α
 * above 0 a longer one may still overtake it. Log-probabilities only fall and lp only grows, so log
 * P(Y) / lp(maximum length) is the most that an open hypothesis Y can reach. One that cannot get
 * past the {@code nBest}-th best ended hypothesis any more is given up; the sentence is done when
 * none is open (compare Huang, Zhao and Ma 2017, "When to Finish? Optimal Beam Search for Neural
 * Text Generation").
 *
 * <p>Gives the {@code nBest} best hypotheses, fewer where there are no more: first the ended ones,
 * then, if these are too few, those that the maximum length cut off, flagged as not finished.
 *
 * @param width places in the beam, 1 to 10,000
 * @param lengthPenalty α, at least 0; 0 compares plain log-probabilities, more prefers longer ones
 * @param nBest hypotheses wanted for each sentence, 1 to {@code width}
 */
public record Beam(int width, double lengthPenalty, int nBest) implements Search {

    /** Wider than any use known; beyond it a mistake would show only as memory running out. */
    private static final int WIDEST = 10_000;

    /** Checks the options. */
    public Beam {
        if (width < 1 || width > WIDEST) {
            throw new IllegalArgumentException(
                    "beam: width is %d; it must be from 1 to %d".formatted(width, WIDEST));
        }
        if (!(lengthPenalty >= 0) || Double.isInfinite(lengthPenalty)) {
            throw new IllegalArgumentException(
                    "beam: lengthPenalty is %s; it must be a number from 0 on (0: none; usual: 0.6)"
                            .formatted(lengthPenalty));
        }
        if (nBest < 1 || nBest > width) {
            throw new IllegalArgumentException(
                    "beam: nBest is %d; it must be from 1 to the width, %d"
                            .formatted(nBest, width));
        }
    }

    /**
     * The best hypothesis of a beam of this width, with the length penalty 0.6 of Vaswani et al.
     * 2017, "Attention Is All You Need", section 6.1.
     *
     * @param width hypotheses that are kept in each step, at least 1
     */
    public Beam(int width) {
        this(width, 0.6, 1);
    }

    @Override
    public List<List<Hypothesis>> search(
            NextToken next, int startToken, int endToken, int[] maxLengths) {
        return SearchLoop.ranked(
                new SearchLoop.Request(next, startToken, endToken, maxLengths),
                width,
                (number, start, end, maxLength) ->
                        new BeamSentence(this, number, start, end, maxLength));
    }

    /** The score of a hypothesis of so many predicted tokens, the end token counted. */
    double score(double logProbability, int length) {
        return logProbability / Math.pow((5.0 + length) / 6, lengthPenalty);
    }
}
