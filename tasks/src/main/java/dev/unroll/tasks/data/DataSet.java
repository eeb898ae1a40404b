package dev.unroll.tasks.data;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** A set that others published: what it is, where it comes from, and where it is now. */
public sealed interface DataSet
        permits TranslationSet,
                LabelledTextSet,
                TinyShakespeare,
                UdEnglishEwt,
                GesturePhases,
                Davis,
                EmojiPictures {

    /** Every set there is. */
    static List<DataSet> all() {
        return List.of(
                new Multi30k(),
                new Tatoeba(),
                new Imdb(),
                new MovieReviews(),
                new TinyShakespeare(),
                new UdEnglishEwt(),
                new GesturePhases(),
                new Davis(),
                new EmojiPictures());
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

    /** Its files as published, all of them. */
    List<DataFile> files();

    /**
     * Where the set lies if somebody has packed it in another form, which is read as well: files or
     * folders in a folder of data, such as {@code imdb/train.tsv.gz}. Such a form is looked for
     * first; it is nobody's publication, so it has no checksum. Empty if only the published form is
     * read.
     */
    default List<String> otherForm() {
        return List.of();
    }

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
}
