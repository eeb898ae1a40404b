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
     * The part of a set that a recipe asks for. A set ignores the options that do not concern it.
     *
     * @param examples texts for training and validation, of a set that is made and not fetched
     * @param heldOut texts for the test, of a set that is made and not fetched
     * @param maxTokens the most tokens of a text that the model reads
     * @param seed decides which texts are made
     */
    record Request(int examples, int heldOut, int maxTokens, long seed) {}

    /**
     * Loads the part that is requested; all of a set that is fetched and not made.
     *
     * @param files finds or fetches the set's files
     * @throws IllegalArgumentException if the set does not have what is requested
     * @throws IOException if a file cannot be had, or is malformed
     */
    default Splits<LabelledText> load(DataFiles files, Request request) throws IOException {
        return load(files);
    }

    /**
     * Loads the texts, in the publisher's splits or in those the set's description states.
     *
     * @param files finds or fetches the set's files
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<LabelledText> load(DataFiles files) throws IOException;
}
