package dev.unroll.data.sets;

import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;

/** A data set of pairs: a text that is given and the text that is wanted. */
public interface PairSet extends DataSet {

    /**
     * The part of a set that a recipe asks for. A set ignores the options that do not concern it.
     *
     * @param source the language to translate from, as an ISO 639-1 code
     * @param target the language to translate into
     * @param examples pairs for training, of a set that is made and not fetched
     * @param heldOut pairs for the test, of a set that is made and not fetched
     * @param seed decides which pairs are made
     */
    record Request(String source, String target, int examples, int heldOut, long seed) {}

    /**
     * Loads the pairs.
     *
     * @param files finds or fetches the set's files
     * @throws IllegalArgumentException if the set does not have what is requested
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<Pair> load(DataFiles files, Request request) throws IOException;

    /** {@return the name of the part that is requested, for people} */
    default String title(Request request) {
        return name();
    }
}
