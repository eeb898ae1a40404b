package dev.unroll.data.sets;

import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;

/** A data set of sentences with a tag for each word. */
public interface TaggedSentenceSet extends DataSet {

    /**
     * Loads the sentences in the publisher's splits.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<TaggedSentence> load(DataFiles files) throws IOException;
}
