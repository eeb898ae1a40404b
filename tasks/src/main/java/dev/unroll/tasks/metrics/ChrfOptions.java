package dev.unroll.tasks.metrics;

import java.util.Locale;

/**
 * Options of chrF. Two scores may be compared only if their options are equal.
 *
 * @param characterOrder the longest character n-grams that count, at least 1
 * @param wordOrder the longest word n-grams that count; 0 for none
 * @param beta how many times as much recall counts as precision, at least 1
 * @param lowercase whether upper and lower case count as the same
 */
public record ChrfOptions(int characterOrder, int wordOrder, int beta, boolean lowercase) {

    /** The usual chrF, chrF2: characters up to 6, no words, recall counts twice. */
    public static final ChrfOptions STANDARD = new ChrfOptions(6, 0, 2, false);

    /** The usual chrF++: characters up to 6 and words up to 2, recall counts twice. */
    public static final ChrfOptions PLUS_PLUS = new ChrfOptions(6, 2, 2, false);

    /** Checks that the orders and beta are large enough. */
    public ChrfOptions {
        if (characterOrder < 1 || wordOrder < 0 || beta < 1) {
            throw new IllegalArgumentException(
                    "chrF: characterOrder %d, wordOrder %d, beta %d; at least 1, 0 and 1 are needed"
                            .formatted(characterOrder, wordOrder, beta));
        }
    }

    /** {@return these options without regard to case} */
    public ChrfOptions lowercased() {
        return new ChrfOptions(characterOrder, wordOrder, beta, true);
    }

    /** {@return the metric's name with these options, such as {@code chrF2++}} */
    public String name() {
        return "chrF" + beta + "+".repeat(wordOrder);
    }

    /**
     * Tells a reader what is needed to compare a score, in sacreBLEU's form. The version says whose
     * numbers these are equal to, not that sacreBLEU itself computed them.
     *
     * @return the signature
     */
    public String signature() {
        return String.format(
                Locale.ROOT,
                "nrefs:1|case:%s|eff:yes|nc:%d|nw:%d|space:no|version:%s",
                lowercase ? "lc" : "mixed",
                characterOrder,
                wordOrder,
                Bleu.VERSION);
    }
}
