package dev.unroll.data.sets;

import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;
import java.util.List;

/** A data set of texts that each belong to one class. */
public interface LabelledTextSet extends DataSet {

    /** The classes, in the order in which models number them. */
    List<String> labels();

    /**
     * Loads the texts, in the publisher's splits or in those the set's description states.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<LabelledText> load(DataFiles files) throws IOException;
}
