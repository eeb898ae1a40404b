package dev.unroll.tasks.data;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** A set of sentence pairs that others published: what it is, and how to read it. */
public sealed interface DataSet permits Multi30k, Tatoeba {

    /** Every set there is. */
    static List<DataSet> all() {
        return List.of(new Multi30k(), new Tatoeba());
    }

    /**
     * What people should know of a set.
     *
     * @param name as commands and folders call it
     * @param what in one line
     * @param home its publisher's page
     * @param licence what may be done with it
     * @param citation to whom it is owed
     */
    record About(String name, String what, URI home, String licence, String citation) {}

    About about();

    /** Its files, all of them. */
    List<DataFile> files();

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
    Splits load(DataFiles files, String source, String target) throws DataException;

    /** Bytes of all files together. */
    default long size() {
        return files().stream().mapToLong(DataFile::size).sum();
    }

    /**
     * The set of this name.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    static DataSet named(String name) {
        return all().stream()
                .filter(set -> set.about().name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no data set '%s'; there are: %s"
                                                .formatted(
                                                        name,
                                                        all().stream()
                                                                .map(set -> set.about().name())
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** Refuses languages the set does not have, and a language into itself. */
    static void requireLanguages(DataSet set, String source, String target) {
        if (!set.languages().contains(source)
                || !set.languages().contains(target)
                || source.equals(target)) {
            throw new IllegalArgumentException(
                    "%s from '%s' to '%s': give two different languages of %s"
                            .formatted(set.about().name(), source, target, set.languages()));
        }
    }
}
