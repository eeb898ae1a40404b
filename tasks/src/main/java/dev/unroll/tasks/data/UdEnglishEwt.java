package dev.unroll.tasks.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The English Web Treebank in Universal Dependencies (Silveira et al. 2014; tags: Petrov, Das and
 * McDonald 2012): sentences of weblogs, newsgroups, mails, reviews and questions, with a universal
 * part-of-speech tag (UPOS) for each word.
 *
 * <p>Two forms are read: the published CoNLL-U files, and {@code train.tok_upos.tsv}, {@code
 * dev.tok_upos.tsv} and {@code test.tok_upos.tsv} with a word and its tag in each line and a blank
 * line after each sentence.
 */
public record UdEnglishEwt() implements DataSet {
    private static final String NAME = "ud-english-ewt";

    /** The release of Universal Dependencies. */
    private static final String RELEASE = "r2.14";

    private static final About ABOUT =
            new About(
                    NAME,
                    "English sentences with universal part-of-speech tags, 12,544 to learn from,"
                            + " 2,001 for validation, 2,077 to test with",
                    URI.create("https://github.com/UniversalDependencies/UD_English-EWT"),
                    "CC BY-SA 4.0",
                    "Silveira, Dozat, de Marneffe, Bowman, Connor, Bauer, Manning: A Gold Standard"
                            + " Dependency Corpus for English. LREC 2014");

    private static final List<DataFile> FILES =
            List.of(file("train", 13_800_000), file("dev", 1_700_000), file("test", 1_700_000));

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<DataFile> files() {
        return FILES;
    }

    @Override
    public List<String> otherForm() {
        return List.of(
                NAME + "/train.tok_upos.tsv",
                NAME + "/dev.tok_upos.tsv",
                NAME + "/test.tok_upos.tsv");
    }

    /**
     * Reads the sentences, in the publisher's splits.
     *
     * @throws DataException if a file cannot be had, or is malformed
     */
    public Splits<TaggedSentence> load(DataFiles files) throws DataException {
        List<Path> paths = files.fetch(this);
        return new Splits<>(
                TaggedText.read(paths.get(0)),
                TaggedText.read(paths.get(1)),
                TaggedText.read(paths.get(2)));
    }

    private static DataFile file(String split, long about) {
        String name = "en_ewt-ud-" + split + ".conllu";
        return DataFile.unchecked(
                NAME + "/" + name,
                "https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/"
                        + RELEASE
                        + "/"
                        + name,
                about);
    }
}
