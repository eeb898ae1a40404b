package dev.unroll.decode;

import java.util.List;

/**
 * A way to turn "what comes next" into whole sentences. {@link Greedy}, {@link Beam} and {@link
 * Sampling} are immutable records of their options and can be used any number of times, from any
 * thread; other searches may be written against {@link NextToken} alone.
 *
 * <p>A batch of sentences is searched side by side. A sentence that is done leaves the batch: its
 * rows are not named as parents again. A sentence's result does not depend on its neighbours, as
 * far as the network's own answers do not.
 */
public interface Search {

    /**
     * Searches for the best continuation of each sentence.
     *
     * @param next the network, in the state before its first call
     * @param startToken the token every sentence begins with; it is not part of the result
     * @param endToken the token that ends a sentence, less than the vocabulary's size; it is not
     *     part of the result
     * @param maxLengths [sentences]; the most tokens predicted for each sentence, the end token
     *     counted, at least 1. An array without elements gives an empty list and asks nothing.
     * @return [sentences][hypotheses], best first, at least one hypothesis a sentence; the length
     *     of the inner lists is the search's own matter
     * @throws IllegalArgumentException if a token is negative or a maximum length less than 1
     * @throws IllegalStateException if the network answers with something that is not
     *     log-probabilities: NaN, all negative infinity, greater than 0, or of the wrong shape
     */
    List<List<Hypothesis>> search(NextToken next, int startToken, int endToken, int[] maxLengths);
}
