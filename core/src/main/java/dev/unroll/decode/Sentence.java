package dev.unroll.decode;

import java.util.List;

/**
 * One sentence on its way through a search.
 *
 * @param <A> what it wants to know of each of its hypotheses: {@link TopK} or whole rows
 */
sealed interface Sentence<A> permits BeamSentence, SingleHypothesis {

    /** The hypotheses that ask for their next token; none once the sentence is done. */
    List<LiveHypothesis> open();

    /**
     * Takes the answers for the open hypotheses.
     *
     * @param answers for the whole batch
     * @param first the row of this sentence's first open hypothesis; the others follow it
     */
    void advance(A answers, int first);

    /** The result, best first, once the sentence is done. */
    List<Hypothesis> hypotheses();
}
