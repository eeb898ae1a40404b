package dev.unroll.text;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of tokens in the training texts, and the vocabulary that they make. */
final class TokenFrequencies {

    private final Map<String, Count> counts = new HashMap<>();

    /** A number that grows in place, so that counting an old token allocates nothing. */
    private static final class Count {
        long value;
    }

    void count(String token) {
        counts.computeIfAbsent(token, _ -> new Count()).value++;
    }

    /** Every token with its number of occurrences, in no particular order. */
    Map<String, Long> asMap() {
        Map<String, Long> map = HashMap.newHashMap(counts.size());
        counts.forEach((token, count) -> map.put(token, count.value));
        return map;
    }

    /** The most frequent tokens first; among equally frequent ones, the order of the strings. */
    Vocabulary vocabulary(TokenizerOptions options) {
        Comparator<Map.Entry<String, Count>> order =
                Comparator.comparingLong(
                        (Map.Entry<String, Count> entry) -> -entry.getValue().value);
        List<String> ordinary =
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue().value >= options.minimumFrequency())
                        .sorted(order.thenComparing(Map.Entry::getKey))
                        .limit(options.vocabularySize() - Vocabulary.SPECIALS.size())
                        .map(Map.Entry::getKey)
                        .toList();
        return Vocabulary.withSpecials(ordinary);
    }
}
