package dev.unroll.tasks.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of the n-grams (runs of n neighbours) of a sequence. */
final class Ngrams {

    private final Map<List<?>, Integer> counts = new HashMap<>();
    private final long total;

    /** The n-grams of a sequence, which must not change afterwards. */
    Ngrams(List<?> sequence, int n) {
        for (int end = n; end <= sequence.size(); end++) {
            counts.merge(sequence.subList(end - n, end), 1, Integer::sum);
        }
        total = Math.max(0, sequence.size() - n + 1);
    }

    /** {@return the number of n-grams, each counted as often as it occurs} */
    long total() {
        return total;
    }

    /** {@return the number of n-grams in both, each counted as often as where it is rarer} */
    long inCommonWith(Ngrams that) {
        return inCommonWith(List.of(that));
    }

    /**
     * Counts the n-grams that others have too, each at most as often as the other with most of it.
     */
    long inCommonWith(List<Ngrams> those) {
        long common = 0;
        for (Map.Entry<List<?>, Integer> entry : counts.entrySet()) {
            int most = 0;
            for (Ngrams that : those) {
                most = Math.max(most, that.counts.getOrDefault(entry.getKey(), 0));
            }
            common += Math.min(entry.getValue(), most);
        }
        return common;
    }
}
