package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.table.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Large Movie Review Dataset (Maas, Daly, Pham, Huang, Ng and Potts 2011): reviews of films,
 * half of them positive (7 stars or more of 10), half negative (4 or fewer).
 *
 * <p>The publisher has no validation split. Texts are as published, {@code <br />} included.
 *
 * <p>Two forms are read: the published archive, and {@code train.tsv.gz} and {@code test.tsv.gz}
 * with label (0 or 1), rating, number and text in each line. Both come in the same order: negative
 * first, then by the names that the archive gives its files.
 */
public record Imdb() implements LabelledTextSet {
    private static final List<String> LABELS = List.of("negative", "positive");

    @Override
    public About about() {
        return About.of(
                        "imdb",
                        "reviews of films, positive or negative: 25,000 for training, 25,000"
                                + " for the test",
                        "https://ai.stanford.edu/~amaas/data/sentiment/",
                        "none stated; for research",
                        "Maas, Daly, Pham, Huang, Ng, Potts: Learning Word Vectors for"
                                + " Sentiment Analysis. ACL 2011")
                .withUncheckedFile(
                        "aclImdb_v1.tar.gz",
                        "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
                        84_125_825)
                .orAs(List.of("train.tsv.gz", "test.tsv.gz"));
    }

    @Override
    public List<String> labels() {
        return LABELS;
    }

    @Override
    public Splits<LabelledText> load(DataFiles files) throws DataException {
        Optional<List<Path>> tables = files.otherForm(about());
        if (tables.isPresent()) {
            return new Splits<>(
                    table(TextLines.ofGzip(tables.get().get(0))),
                    List.of(),
                    table(TextLines.ofGzip(tables.get().get(1))));
        }
        return ImdbArchive.read(files.get(about().file("aclImdb_v1.tar.gz")));
    }

    /** Lines of label, rating, number and text, with tabs between. */
    static List<LabelledText> table(TextLines lines) throws DataException {
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            String[] columns = lines.notBlank(i).split("\t", -1);
            if (columns.length != 4 || columns[3].isBlank()) {
                throw lines.malformed(
                        i, "expected a label, a rating, a number and a text, with tabs between");
            }
            String label =
                    switch (columns[0]) {
                        case "0" -> LABELS.get(0);
                        case "1" -> LABELS.get(1);
                        default ->
                                throw lines.malformed(
                                        i,
                                        "the label is '"
                                                + columns[0]
                                                + "'; it is 0 (negative) or 1 (positive)");
                    };
            texts.add(new LabelledText(label, columns[3]));
        }
        return requireSome(lines.name(), texts);
    }

    static List<LabelledText> requireSome(String name, List<LabelledText> texts)
            throws DataException {
        if (texts.isEmpty()) {
            throw DataException.damaged(name + ": it is empty");
        }
        return texts;
    }
}
