package dev.unroll.tasks.tagging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.TaggedSentence;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ClassNames;
import java.util.List;
import java.util.Locale;

/**
 * The metrics of a tagger.
 *
 * @param accuracy share of words that have their tag, 0 to 1
 * @param macroF1 mean of the tags' F1, 0 to 1
 * @param unknown the words that did not occur in the training set; as JSON, its keys stand beside
 *     the others
 * @param sentenceAccuracy share of sentences without a mistake, 0 to 1
 * @param confusion which tag was taken for which
 * @param words how many
 * @param sentences how many
 * @param seconds to tag them
 */
public record TaggingScore(
        double accuracy,
        double macroF1,
        @JsonUnwrapped Unknown unknown,
        double sentenceAccuracy,
        Confusion confusion,
        int words,
        int sentences,
        double seconds) {

    /**
     * Words that did not occur in the training set.
     *
     * @param unknownAccuracy share of them that have their tag, 0 to 1
     * @param unknownWords how many
     */
    public record Unknown(double unknownAccuracy, int unknownWords) {}

    /**
     * Tags sentences and compares with their tags.
     *
     * @throws IllegalArgumentException if they have a tag that the tagger does not know
     */
    public static TaggingScore of(Tagger tagger, List<TaggedSentence> sentences) {
        ClassNames tags = ClassNames.of(tagger.tags());
        long start = System.nanoTime();
        List<List<Tag>> answers =
                tagger.predictAll(sentences.stream().map(TaggedSentence::words).toList());
        double seconds = (System.nanoTime() - start) * 1e-9;
        int words = sentences.stream().mapToInt(TaggedSentence::length).sum();
        int[] truth = new int[words];
        int[] predicted = new int[words];
        int at = 0;
        int unknown = 0;
        int unknownRight = 0;
        int wholeRight = 0;
        for (int s = 0; s < sentences.size(); s++) {
            TaggedSentence sentence = sentences.get(s);
            boolean whole = true;
            int[] right = tags.numbers("sentence " + s + ": word", sentence.tags());
            for (int w = 0; w < sentence.length(); w++) {
                truth[at] = right[w];
                predicted[at] = tags.number(answers.get(s).get(w).tag());
                boolean same = truth[at] == predicted[at];
                boolean known = tagger.knows(sentence.words().get(w));
                unknown += known ? 0 : 1;
                unknownRight += !known && same ? 1 : 0;
                whole &= same;
                at++;
            }
            wholeRight += whole ? 1 : 0;
        }
        Confusion confusion = Confusion.of(tagger.tags(), truth, predicted);
        return new TaggingScore(
                confusion.accuracy(),
                confusion.macroF1(),
                new Unknown(unknown == 0 ? 0 : (double) unknownRight / unknown, unknown),
                sentences.isEmpty() ? 0 : (double) wholeRight / sentences.size(),
                confusion,
                words,
                sentences.size(),
                seconds);
    }

    String text() {
        StringBuilder tags = new StringBuilder();
        for (int c = 0; c < confusion.classes().size(); c++) {
            tags.append(
                    String.format(
                            Locale.ROOT,
                            "%-8s %9.4f  %6.4f  %6.4f  %,7d%n",
                            confusion.classes().get(c),
                            confusion.precision(c),
                            confusion.recall(c),
                            confusion.f1(c),
                            confusion.occurring(c)));
        }
        return String.format(
                Locale.ROOT,
                """
        accuracy          %.4f
        macro-F1          %.4f
        unknown words     %.4f of %,d
        whole sentences   %.4f of %,d

        tag      precision  recall      F1    words
        %s
        %,d words in %.1f s
        """,
                accuracy,
                macroF1,
                unknown.unknownAccuracy(),
                unknown.unknownWords(),
                sentenceAccuracy,
                sentences,
                tags.toString().strip(),
                words,
                seconds);
    }
}
