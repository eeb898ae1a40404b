package dev.unroll.tasks.metrics;

/**
 * How BLEU is computed. Two scores may be compared only if these are the same.
 *
 * @param lowercase whether upper and lower case count as the same
 * @param tokenization how a sentence is cut into words
 * @param smoothing what is done when no n-gram of some length matches
 */
public record BleuOptions(
        boolean lowercase, BleuTokenization tokenization, BleuSmoothing smoothing) {

    /** SacreBLEU's defaults: case counts, 13a, exponential smoothing. */
    public static final BleuOptions STANDARD =
            new BleuOptions(false, BleuTokenization.MTEVAL_13A, new BleuSmoothing.Exponential());

    /** The same without regard to case. */
    public BleuOptions lowercased() {
        return new BleuOptions(true, tokenization, smoothing);
    }

    /** The same with other words. */
    public BleuOptions with(BleuTokenization otherTokenization) {
        return new BleuOptions(lowercase, otherTokenization, smoothing);
    }

    /** The same with another smoothing. */
    public BleuOptions with(BleuSmoothing otherSmoothing) {
        return new BleuOptions(lowercase, tokenization, otherSmoothing);
    }

    /**
     * What a reader must know to compare a score, in sacreBLEU's form. The version says whose
     * numbers these are equal to, not that sacreBLEU itself computed them.
     */
    public String signature() {
        return "nrefs:1|case:%s|eff:no|tok:%s|smooth:%s|version:%s"
                .formatted(
                        lowercase ? "lc" : "mixed",
                        tokenization.signature(),
                        smoothing.signature(),
                        Bleu.VERSION);
    }
}
