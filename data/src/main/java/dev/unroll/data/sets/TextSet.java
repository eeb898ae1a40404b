package dev.unroll.data.sets;

import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;

/** A data set that is one long text, for language models. */
public interface TextSet extends DataSet {

    /**
     * Loads the text: one for training and one for validation; there is no test.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<String> load(DataFiles files) throws IOException;
}
