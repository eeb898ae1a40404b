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

/**
 * Sentence polarity dataset v1.0 (Pang and Lee 2005): sentences of film reviews, 5,331 positive and
 * as many negative, lower case, with spaces around punctuation.
 *
 * <p>The publisher has no splits. Here every tenth line of each file (lines 10, 20, ...) is for the
 * test, and nothing is set aside for validation; most publications use cross-validation over ten
 * parts instead.
 */
public record MovieReviews() implements LabelledTextSet {
    @Override
    public About about() {
        return About.of(
                        "movie-reviews",
                        "sentences of film reviews, positive or negative, 5,331 of each",
                        "https://www.cs.cornell.edu/people/pabo/movie-review-data/",
                        "CC BY 4.0",
                        "Pang, Lee: Seeing stars: Exploiting class relationships for sentiment"
                                + " categorization with respect to rating scales. ACL 2005")
                .withFile(
                        "sentence_polarity.zip",
                        "https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/"
                                + "corpora/sentence_polarity.zip",
                        490_256,
                        "6e1ed4405b65c7eabf1d199a7f7c437091ac21da0ea7467b410a74062574566b");
    }

    @Override
    public List<String> labels() {
        return List.of("negative", "positive");
    }

    @Override
    public Splits<LabelledText> load(DataFiles files) throws DataException {
        Path zip = files.get(about().file("sentence_polarity.zip"));
        List<LabelledText> train = new ArrayList<>();
        List<LabelledText> test = new ArrayList<>();
        split("negative", TextLines.ofZip(zip, "rt-polarity.neg"), train, test);
        split("positive", TextLines.ofZip(zip, "rt-polarity.pos"), train, test);
        return new Splits<>(train, List.of(), test);
    }

    /** Every tenth line goes to the test. */
    static void split(
            String label, TextLines lines, List<LabelledText> train, List<LabelledText> test)
            throws DataException {
        if (lines.count() == 0) {
            throw DataException.damaged(lines.name() + ": it is empty");
        }
        for (int i = 0; i < lines.count(); i++) {
            LabelledText text = new LabelledText(label, lines.notBlank(i).strip());
            ((i + 1) % 10 == 0 ? test : train).add(text);
        }
    }
}
