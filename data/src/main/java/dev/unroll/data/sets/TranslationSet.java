package dev.unroll.data.sets;

import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;
import java.util.List;

/** A published set of sentences in several languages. */
public interface TranslationSet extends PairSet {

    /** The languages it can be read in, as ISO 639-1 codes; any of them into any other. */
    List<String> languages();

    /**
     * Loads the pairs of two languages.
     *
     * @param files finds or fetches the set's files
     * @param source the language to translate from
     * @param target the language to translate into
     * @throws IllegalArgumentException if the set has no such pair of languages
     * @throws IOException if a file cannot be had, or is malformed
     */
    Splits<Pair> load(DataFiles files, String source, String target) throws IOException;

    @Override
    default Splits<Pair> load(DataFiles files, Request request) throws IOException {
        return load(files, request.source(), request.target());
    }

    @Override
    default String title(Request request) {
        return "%s, %s to %s".formatted(name(), request.source(), request.target());
    }

    /** Refuses languages the set does not have, and a language into itself. */
    default void requireLanguages(String source, String target) {
        if (!languages().contains(source)
                || !languages().contains(target)
                || source.equals(target)) {
            throw new IllegalArgumentException(
                    "%s from '%s' to '%s': give two different languages of %s"
                            .formatted(name(), source, target, languages()));
        }
    }
}
