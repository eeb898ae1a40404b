package dev.unroll.tasks.data;

import java.util.List;

/** A set of sentence pairs that others published. */
public sealed interface TranslationSet extends DataSet permits Multi30k, Tatoeba {

    /** The languages it can be read in, as ISO 639-1 codes; any of them into any other. */
    List<String> languages();

    /**
     * Reads the pairs.
     *
     * @param files finds or fetches the set's files
     * @param source the language to translate from
     * @param target the language to translate into
     * @throws IllegalArgumentException if the set has no such pair of languages
     * @throws DataException if a file cannot be had, or is malformed
     */
    Splits<Pair> load(DataFiles files, String source, String target) throws DataException;

    /** Refuses languages the set does not have, and a language into itself. */
    static void requireLanguages(TranslationSet set, String source, String target) {
        if (!set.languages().contains(source)
                || !set.languages().contains(target)
                || source.equals(target)) {
            throw new IllegalArgumentException(
                    "%s from '%s' to '%s': give two different languages of %s"
                            .formatted(set.about().name(), source, target, set.languages()));
        }
    }
}
