package dev.unroll.tasks.metrics;

import java.util.OptionalInt;

/**
 * Options of BLEU. Two scores may be compared only if their options are equal.
 *
 * @param lowercase whether upper and lower case count as the same
 * @param tokenization how a sentence is cut into words
 * @param smoothing what is done when no n-gram of some length matches
 * @param effectiveOrder whether lengths that all hypotheses together have no n-gram of do not
 *     count; else a corpus whose hypotheses are all shorter than four words scores 0
 */
public record BleuOptions(
        boolean lowercase,
        BleuTokenization tokenization,
        BleuSmoothing smoothing,
        boolean effectiveOrder) {

    /** SacreBLEU's defaults: case counts, 13a, exponential smoothing, all four lengths count. */
    public static final BleuOptions STANDARD =
            new BleuOptions(
                    false, BleuTokenization.MTEVAL_13A, new BleuSmoothing.Exponential(), false);

    /** {@return these options without regard to case} */
    public BleuOptions lowercased() {
        return new BleuOptions(true, tokenization, smoothing, effectiveOrder);
    }

    /**
     * {@return these options with another tokenisation}
     *
     * @param otherTokenization how a sentence is cut into words
     */
    public BleuOptions with(BleuTokenization otherTokenization) {
        return new BleuOptions(lowercase, otherTokenization, smoothing, effectiveOrder);
    }

    /**
     * {@return these options with another smoothing}
     *
     * @param otherSmoothing of lengths without a match
     */
    public BleuOptions with(BleuSmoothing otherSmoothing) {
        return new BleuOptions(lowercase, tokenization, otherSmoothing, effectiveOrder);
    }

    /**
     * {@return these options for sentences that may all be short: only lengths that occur count}
     */
    public BleuOptions withEffectiveOrder() {
        return new BleuOptions(lowercase, tokenization, smoothing, true);
    }

    /**
     * Tells a reader what is needed to compare a score with one reference a sentence, in
     * sacreBLEU's form. The version says whose numbers these are equal to, not that sacreBLEU
     * itself computed them.
     *
     * @return the signature of a score with one reference a sentence
     */
    public String signature() {
        return signature(OptionalInt.of(1));
    }

    /** {@return the signature with so many references a sentence; empty if their numbers differ} */
    String signature(OptionalInt references) {
        return "nrefs:%s|case:%s|eff:%s|tok:%s|smooth:%s|version:%s"
                .formatted(
                        references.isPresent() ? references.getAsInt() : "var",
                        lowercase ? "lc" : "mixed",
                        effectiveOrder ? "yes" : "no",
                        tokenization.signature(),
                        smoothing.signature(),
                        Bleu.VERSION);
    }
}
