package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.TaggedText;
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
public record UdEnglishEwt() implements TaggedSentenceSet {
    /** Release 2.14 of Universal Dependencies. */
    private static final String ADDRESS =
            "https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/r2.14/";

    @Override
    public About about() {
        return About.of(
                        "ud-english-ewt",
                        "English sentences with universal part-of-speech tags: 12,544 for"
                                + " training, 2,001 for validation, 2,077 for the test",
                        "https://github.com/UniversalDependencies/UD_English-EWT",
                        "CC BY-SA 4.0",
                        "Silveira, Dozat, de Marneffe, Bowman, Connor, Bauer, Manning: A Gold"
                                + " Standard Dependency Corpus for English. LREC 2014")
                .withUncheckedFile(
                        "en_ewt-ud-train.conllu", ADDRESS + "en_ewt-ud-train.conllu", 13_800_000)
                .withUncheckedFile(
                        "en_ewt-ud-dev.conllu", ADDRESS + "en_ewt-ud-dev.conllu", 1_700_000)
                .withUncheckedFile(
                        "en_ewt-ud-test.conllu", ADDRESS + "en_ewt-ud-test.conllu", 1_700_000)
                .orAs(List.of("train.tok_upos.tsv", "dev.tok_upos.tsv", "test.tok_upos.tsv"));
    }

    @Override
    public Splits<TaggedSentence> load(DataFiles files) throws DataException {
        List<Path> paths = files.fetch(about());
        return new Splits<>(
                TaggedText.read(paths.get(0)),
                TaggedText.read(paths.get(1)),
                TaggedText.read(paths.get(2)));
    }
}
