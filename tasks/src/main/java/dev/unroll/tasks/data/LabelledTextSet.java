package dev.unroll.tasks.data;

import java.util.List;

/** A set of texts that each belong to one class. */
public sealed interface LabelledTextSet extends DataSet permits Imdb, MovieReviews {

    /** The classes, in the order in which models number them. */
    List<String> labels();

    /**
     * Reads the texts, in the publisher's splits or in those the set's description states.
     *
     * @param files finds or fetches the set's files
     * @throws DataException if a file cannot be had, or is malformed
     */
    Splits<LabelledText> load(DataFiles files) throws DataException;
}
