package dev.unroll.decode;

import dev.unroll.random.Noise;
import java.util.List;

/**
 * Draws each token at random from the network's distribution, sharpened or cut as the options say.
 * Gives one hypothesis a sentence; its log-probability is the network's own, before temperature and
 * cuts.
 *
 * <p>In this order: the temperature T makes p(token)^(1/T) of every probability; of these only the
 * {@code topK} largest stay; of these only the nucleus, the fewest tokens, most probable first,
 * whose share reaches {@code topP} (Holtzman et al. 2020, "The Curious Case of Neural Text
 * Degeneration", section 3.1). Of equally probable tokens the smaller ones stay.
 *
 * <p>The noise is a pure function of (seed, number of the sentence, step): the same seed gives the
 * same text, whatever else is in the batch.
 *
 * @param temperature at least 0; 1 leaves the distribution as it is, 0 is {@link Greedy}
 * @param topK at least 1; {@link #ALL} cuts nothing
 * @param topP above 0, at most 1; 1 cuts nothing
 * @param seed any number
 * @param firstSentence the number of the batch's first sentence, at least 0; see {@link
 *     #numberedFrom}
 */
public record Sampling(double temperature, int topK, double topP, long seed, long firstSentence)
        implements Search {

    /** A {@code topK} that cuts nothing. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Checks the options. */
    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "sampling: temperature is %s; it must be a number from 0 on (1: as it is)"
                            .formatted(temperature));
        }
        if (topK < 1) {
            throw new IllegalArgumentException(
                    "sampling: topK is %d; it must be at least 1, Sampling.ALL cuts nothing"
                            .formatted(topK));
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "sampling: topP is %s; it must be above 0 and at most 1, 1 cuts nothing"
                            .formatted(topP));
        }
        if (firstSentence < 0) {
            throw new IllegalArgumentException(
                    "sampling: firstSentence is %d; it must be at least 0"
                            .formatted(firstSentence));
        }
    }

    /**
     * Makes a sampling whose sentences are numbered from 0.
     *
     * @param temperature at least 0; 1 leaves the distribution as it is, 0 is {@link Greedy}
     * @param topK at least 1; {@link #ALL} cuts nothing
     * @param topP above 0, at most 1; 1 cuts nothing
     * @param seed any number
     */
    public Sampling(double temperature, int topK, double topP, long seed) {
        this(temperature, topK, topP, seed, 0);
    }

    /**
     * Makes a sampling that draws from the network's distribution as it is.
     *
     * @param seed any number
     */
    public Sampling(long seed) {
        this(1, ALL, 1, seed, 0);
    }

    /**
     * Numbers sentences from another place, for a later batch of one text: they draw what they
     * would have drawn in one large batch, and not what the first batch drew.
     *
     * @param first the number of the batch's first sentence
     * @return this sampling with sentences numbered from {@code first} on
     */
    public Sampling numberedFrom(long first) {
        return new Sampling(temperature, topK, topP, seed, first);
    }

    @Override
    public List<List<Hypothesis>> search(
            NextToken next, int startToken, int endToken, int[] maxLengths) {
        return SearchLoop.whole(
                new SearchLoop.Request(next, startToken, endToken, maxLengths),
                SingleHypothesis.choosing(
                        (rows, row, number, step) -> {
                            int token = draw(rows[row], firstSentence + number, step);
                            return new SingleHypothesis.Chosen(token, rows[row][token]);
                        }));
    }

    private int draw(float[] row, long sentence, int step) {
        return temperature == 0
                ? Greedy.mostProbable(row)
                : NucleusSampler.token(
                        row,
                        this,
                        Noise.uniformDouble(Noise.key(Noise.key(seed, 0), sentence - 1), step));
    }
}
