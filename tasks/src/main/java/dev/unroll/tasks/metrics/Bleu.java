package dev.unroll.tasks.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * BLEU of a whole corpus with one or several references a sentence (Papineni et al. 2002, "BLEU: a
 * Method for Automatic Evaluation of Machine Translation"), with the numbers of sacreBLEU (Post
 * 2018).
 *
 * <pre>
 *   BLEU = BP · exp(Σ log pₙ / N), n = 1 … N
 *   BP = min(1, exp(1 − referenceLength / hypothesisLength))
 * </pre>
 *
 * N is 4, or less with an effective order ({@link BleuOptions}). pₙ is the part of the hypotheses'
 * n-grams that occur in their references too, counted over all sentences together. An n-gram counts
 * at most as often as in the reference that has most of it, and of several references the one whose
 * length is closest counts for BP, of two as close the shorter.
 *
 * @param score 0 to 100
 * @param precisions pₙ for n = 1 … 4 after smoothing, 0 to 100
 * @param matches for n = 1 … 4, how many n-grams of the hypotheses occur in their references
 * @param totals for n = 1 … 4, how many n-grams the hypotheses have
 * @param hypothesisLength in words
 * @param referenceLength in words
 * @param references how many each sentence has; empty if not all have equally many
 * @param options how it was computed
 */
public record Bleu(
        double score,
        List<Double> precisions,
        List<Long> matches,
        List<Long> totals,
        long hypothesisLength,
        long referenceLength,
        OptionalInt references,
        BleuOptions options) {

    /** The longest n-grams that count. */
    public static final int ORDER = 4;

    static final String VERSION = "2.6.0-compatible";

    private static final double LOG_OF_ZERO = -9_999_999_999.0; // as sacreBLEU has it: exp gives 0

    /** Copies the lists. */
    public Bleu {
        precisions = List.copyOf(precisions);
        matches = List.copyOf(matches);
        totals = List.copyOf(totals);
    }

    /**
     * The score of hypotheses against their references.
     *
     * @param hypotheses the translations to be judged, one sentence each
     * @param references the right translation of each
     * @param options how words are made and counted
     * @return the score
     * @throws IllegalArgumentException if there are no sentences or not as many references
     */
    public static Bleu of(List<String> hypotheses, List<String> references, BleuOptions options) {
        return ofSeveral(hypotheses, references.stream().map(List::of).toList(), options);
    }

    /**
     * The score of hypotheses, each against several references.
     *
     * @param hypotheses the sentences to be judged
     * @param references of each, one or more that are right
     * @param options how words are made and counted
     * @return the score
     * @throws IllegalArgumentException if there are no sentences, not as many lists of references,
     *     or none in one of them
     */
    public static Bleu ofSeveral(
            List<String> hypotheses, List<List<String>> references, BleuOptions options) {
        CorpusChecks.check("BLEU", hypotheses, references);
        long[] matches = new long[ORDER];
        long[] totals = new long[ORDER];
        long hypothesisLength = 0;
        long referenceLength = 0;
        for (int i = 0; i < hypotheses.size(); i++) {
            List<String> hypothesis = words(hypotheses.get(i), options);
            List<List<String>> right =
                    references.get(i).stream().map(each -> words(each, options)).toList();
            hypothesisLength += hypothesis.size();
            referenceLength += closestLength(hypothesis, right, i);
            for (int order = 1; order <= ORDER; order++) {
                int n = order;
                Ngrams ngrams = new Ngrams(hypothesis, n);
                totals[n - 1] += ngrams.total();
                matches[n - 1] +=
                        ngrams.inCommonWith(
                                right.stream().map(each -> new Ngrams(each, n)).toList());
            }
        }
        double brevityPenalty = brevityPenalty(hypothesisLength, referenceLength);
        double[] precisions = precisions(matches, totals, options.smoothing());
        return new Bleu(
                score(matches, precisions, order(totals, options), brevityPenalty),
                Arrays.stream(precisions).boxed().toList(),
                LongStream.of(matches).boxed().toList(),
                LongStream.of(totals).boxed().toList(),
                hypothesisLength,
                referenceLength,
                count(references),
                options);
    }

    /** {@return the brevity penalty, from 0 to 1: below 1 where the hypotheses are too short} */
    public double brevityPenalty() {
        return brevityPenalty(hypothesisLength, referenceLength);
    }

    /** The length of the reference that is about as long; the shorter of two. */
    private static int closestLength(
            List<String> hypothesis, List<List<String>> references, int sentence) {
        return references.stream()
                .map(List::size)
                .min(
                        Comparator.comparingInt(
                                        (Integer size) -> Math.abs(size - hypothesis.size()))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "BLEU: hypothesis %d, from 0, has no reference; each needs"
                                                        .formatted(sentence)
                                                + " at least one"));
    }

    private static OptionalInt count(List<List<String>> references) {
        int first = references.getFirst().size();
        return references.stream().allMatch(each -> each.size() == first)
                ? OptionalInt.of(first)
                : OptionalInt.empty();
    }

    /** The longest n-grams that count. */
    private static int order(long[] totals, BleuOptions options) {
        // smoothing that adds to the totals leaves none of them 0
        return options.effectiveOrder() && !(options.smoothing() instanceof BleuSmoothing.AddK)
                ? (int) Arrays.stream(totals).filter(total -> total > 0).count()
                : ORDER;
    }

    private static List<String> words(String sentence, BleuOptions options) {
        String cased = options.lowercase() ? sentence.toLowerCase(Locale.ROOT) : sentence;
        return options.tokenization().words(WhiteSpace.withoutTrailing(cased));
    }

    private static double brevityPenalty(long hypothesisLength, long referenceLength) {
        if (hypothesisLength >= referenceLength) {
            return 1;
        }
        return hypothesisLength == 0
                ? 0
                : Math.exp(1 - (double) referenceLength / hypothesisLength);
    }

    private static double[] precisions(long[] matches, long[] totals, BleuSmoothing smoothing) {
        double[] precisions = new double[ORDER];
        if (Arrays.stream(matches).allMatch(count -> count == 0)) {
            return precisions;
        }
        double share = 1; // what exponential smoothing counts for a length without a match
        for (int i = 0; i < ORDER; i++) {
            double extra = smoothing instanceof BleuSmoothing.AddK(double k) && i > 0 ? k : 0;
            double matched = matches[i] + extra;
            double total = totals[i] + extra;
            if (total == 0) {
                break; // no hypothesis has so many words
            }
            if (matched == 0) {
                matched =
                        switch (smoothing) {
                            case BleuSmoothing.Exponential() -> share /= 2;
                            case BleuSmoothing.Floor(double floor) -> floor;
                            case BleuSmoothing.None(), BleuSmoothing.AddK(_) -> 0;
                        };
            }
            precisions[i] = 100 * matched / total;
        }
        return precisions;
    }

    private static double score(
            long[] matches, double[] precisions, int order, double brevityPenalty) {
        if (Arrays.stream(matches).allMatch(count -> count == 0)) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < order; i++) {
            sum += precisions[i] == 0 ? LOG_OF_ZERO : Math.log(precisions[i]);
        }
        return brevityPenalty * Math.exp(sum / order);
    }

    /** {@return what a reader must know to compare the score} */
    public String signature() {
        return options.signature(references);
    }

    /** As sacreBLEU prints it: {@code BLEU = 33.48 66.7/42.1/... (BP = 1.000 ratio = ...)}. */
    @Override
    public String toString() {
        String all =
                precisions.stream()
                        .map(precision -> Decimal.of(precision, 1))
                        .collect(Collectors.joining("/"));
        double ratio = referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
        return String.format(
                Locale.ROOT,
                "BLEU = %s %s (BP = %s ratio = %s hyp_len = %d ref_len = %d)",
                Decimal.of(score, 2),
                all,
                Decimal.of(brevityPenalty(), 3),
                Decimal.of(ratio, 3),
                hypothesisLength,
                referenceLength);
    }
}
