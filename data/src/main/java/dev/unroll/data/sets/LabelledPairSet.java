package dev.unroll.data.sets;

import dev.unroll.data.LabelledPair;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;
import java.util.List;

/** A data set of pairs of texts that each belong to one class. */
public interface LabelledPairSet extends DataSet {

    /** {@return the classes, in the order in which models number them} */
    List<String> labels();

    /** {@return the class of pairs whose texts belong together, such as paraphrases} */
    String matching();

    /**
     * Loads the pairs, in parts that share no text.
     *
     * @param files finds or fetches the set's files
     * @return the pairs of each part
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<LabelledPair> pairs(DataFiles files) throws IOException;
}
