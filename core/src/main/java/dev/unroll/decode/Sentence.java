package dev.unroll.decode;

import java.util.List;

/** One sentence on its way through a search. */
sealed interface Sentence permits BeamSentence, PathSentence {

    /** The hypotheses that ask for their next token; none once the sentence is done. */
    List<Open> open();

    /**
     * Takes the answers for the open hypotheses.
     *
     * @param rows the answers for the whole batch, [rows][vocabulary]
     * @param first the row of this sentence's first open hypothesis; the others follow it
     */
    void advance(float[][] rows, int first);

    /** The result, best first, once the sentence is done. */
    List<Hypothesis> hypotheses();
}
