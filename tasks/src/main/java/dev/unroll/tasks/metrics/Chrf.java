package dev.unroll.tasks.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * chrF of a whole corpus with one reference a sentence: how many character n-grams, and for chrF++
 * word n-grams too, hypotheses and references have in common (Popović 2015, "chrF: character n-gram
 * F-score for automatic MT evaluation"; 2017, "chrF++: words helping character n-grams"), with the
 * numbers of sacreBLEU.
 *
 * <pre>
 *   chrF = (1 + β²) · P · R / (β² · P + R)
 * </pre>
 *
 * P and R are the means, over the lengths n that both sides have, of the n-grams in common as parts
 * of the hypotheses' n-grams and of the references'. White space does not count as a character.
 *
 * @param score 0 to 100
 * @param options how it was computed
 */
public record Chrf(double score, ChrfOptions options) {

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** For one length of n-grams, how many there are on each side and in common. */
    private static final class Statistics {
        long hypothesis;
        long reference;
        long common;

        void add(List<?> hypothesisSequence, List<?> referenceSequence, int n) {
            Ngrams ours = new Ngrams(hypothesisSequence, n);
            Ngrams theirs = new Ngrams(referenceSequence, n);
            // A reference too short for this length says nothing about the hypothesis.
            hypothesis += theirs.total() > 0 ? ours.total() : 0;
            reference += theirs.total();
            common += ours.inCommonWith(theirs);
        }
    }

    /**
     * The score of hypotheses against their references.
     *
     * @param hypotheses the translations to be judged, one sentence each
     * @param references the right translation of each
     * @param options the longest n-grams, the weight of recall, and case
     * @return the score
     * @throws IllegalArgumentException if there are no sentences or not as many references
     */
    public static Chrf of(List<String> hypotheses, List<String> references, ChrfOptions options) {
        CorpusChecks.check("chrF", hypotheses, references);
        List<Statistics> orders = new ArrayList<>();
        for (int i = 0; i < options.characterOrder() + options.wordOrder(); i++) {
            orders.add(new Statistics());
        }
        for (int i = 0; i < hypotheses.size(); i++) {
            String hypothesis = cased(hypotheses.get(i), options);
            String reference = cased(references.get(i), options);
            List<Integer> ours = characters(hypothesis);
            List<Integer> theirs = characters(reference);
            for (int n = 1; n <= options.characterOrder(); n++) {
                orders.get(n - 1).add(ours, theirs, n);
            }
            List<String> ourWords = words(hypothesis);
            List<String> theirWords = words(reference);
            for (int n = 1; n <= options.wordOrder(); n++) {
                orders.get(options.characterOrder() + n - 1).add(ourWords, theirWords, n);
            }
        }
        return new Chrf(score(orders, options.beta()), options);
    }

    private static double score(List<Statistics> orders, int beta) {
        double precision = 0;
        double recall = 0;
        int lengths = 0;
        for (Statistics order : orders) {
            if (order.hypothesis > 0 && order.reference > 0) {
                precision += (double) order.common / order.hypothesis;
                recall += (double) order.common / order.reference;
                lengths++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= lengths;
        recall /= lengths;
        double factor = beta * beta;
        return 100 * ((1 + factor) * precision * recall / (factor * precision + recall));
    }

    private static String cased(String sentence, ChrfOptions options) {
        return options.lowercase() ? sentence.toLowerCase(Locale.ROOT) : sentence;
    }

    private static List<Integer> characters(String sentence) {
        return String.join("", WhiteSpace.words(sentence)).codePoints().boxed().toList();
    }

    /** Words with one punctuation mark taken off the end, or else off the beginning. */
    private static List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        for (String word : WhiteSpace.words(sentence)) {
            int last = word.length() - 1;
            if (word.codePointCount(0, word.length()) == 1) {
                words.add(word);
            } else if (isPunctuation(word.charAt(last))) {
                words.add(word.substring(0, last));
                words.add(word.substring(last));
            } else if (isPunctuation(word.charAt(0))) {
                words.add(word.substring(0, 1));
                words.add(word.substring(1));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isPunctuation(char c) {
        return PUNCTUATION.indexOf(c) >= 0;
    }

    /** {@return what a reader must know to compare the score} */
    public String signature() {
        return options.signature();
    }

    /** As sacreBLEU prints it: {@code chrF2 = 58.21}. */
    @Override
    public String toString() {
        return options.name() + " = " + Decimal.of(score, 2);
    }
}
