package dev.unroll.data.sets;

import dev.unroll.data.LabelledPair;
import dev.unroll.data.Pair;
import dev.unroll.data.Splits;
import dev.unroll.data.TextPair;
import dev.unroll.data.UnionFind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * English sentences that say the same, and others that only look so. Two sentences with a French
 * translation in common are paraphrases, unless they have the same words. To each such pair belongs
 * one of two sentences that no chain of translations links: one of the paraphrases and, of the
 * sentences of the same part that share words with it and are as long as the other paraphrase, give
 * or take a word, the one whose overlap with it (Jaccard's index of their sets of words) is nearest
 * to that of the paraphrases. So words in common tell little about the classes. Some of these
 * sentences may be paraphrases that nobody linked.
 *
 * <p>Sentences that are linked, directly or through others, are in one part, so that no sentence is
 * in two. A tenth of these groups is for validation and a tenth for the test, chosen by a checksum
 * of their first English sentence in alphabetical order.
 */
final class TatoebaParaphrases {
    static final String DIFFERENT = "different";
    static final String PARAPHRASE = "paraphrase";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");
    private static final int PARTS = 10;

    /** The English sentences of a part. */
    private final List<String> sentences;

    /** The words of each. */
    private final List<Set<String>> words;

    /** The linked group of each. */
    private final List<String> groups;

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, int[]> having;

    private TatoebaParaphrases(List<String> sentences, List<String> groups) {
        this.sentences = sentences;
        this.groups = groups;
        this.words = sentences.stream().map(TatoebaParaphrases::words).toList();
        Map<String, List<Integer>> byWord = new HashMap<>();
        for (int i = 0; i < sentences.size(); i++) {
            places.put(sentences.get(i), i);
            for (String word : words.get(i)) {
                byWord.computeIfAbsent(word, _ -> new ArrayList<>()).add(i);
            }
        }
        this.having =
                byWord.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        e ->
                                                e.getValue().stream()
                                                        .mapToInt(Integer::intValue)
                                                        .toArray()));
    }

    /**
     * The pairs of sentences.
     *
     * @param translations English and French
     */
    static Splits<LabelledPair> of(List<Pair> translations) {
        // The smallest sentence of a group is an English one, since "e" comes before "f".
        UnionFind<String> linked = new UnionFind<>();
        Map<String, Set<String>> english = new TreeMap<>(); // of a French sentence
        Set<String> all = new TreeSet<>();
        for (Pair pair : translations) {
            linked.join("e" + pair.source(), "f" + pair.target());
            english.computeIfAbsent(pair.target(), _ -> new TreeSet<>()).add(pair.source());
            all.add(pair.source());
        }
        Set<TextPair> paraphrases = new LinkedHashSet<>();
        english.values().forEach(same -> addPairs(List.copyOf(same), paraphrases));
        List<List<LabelledPair>> parts = new ArrayList<>();
        for (Part part : Part.values()) {
            List<String> own = all.stream().filter(s -> part.has(linked.find("e" + s))).toList();
            List<String> groups = own.stream().map(s -> linked.find("e" + s)).toList();
            parts.add(
                    new TatoebaParaphrases(own, groups)
                            .labelled(
                                    paraphrases.stream()
                                            .filter(p -> part.has(linked.find("e" + p.first())))
                                            .toList()));
        }
        return new Splits<>(parts.get(0), parts.get(1), parts.get(2));
    }

    private enum Part {
        TRAINING,
        VALIDATION,
        TEST;

        boolean has(String group) {
            return switch ((int) (checksum(group) % PARTS)) {
                case 0 -> this == VALIDATION;
                case 1 -> this == TEST;
                default -> this == TRAINING;
            };
        }
    }

    private static void addPairs(List<String> same, Set<TextPair> pairs) {
        for (int i = 0; i < same.size(); i++) {
            for (int j = i + 1; j < same.size(); j++) {
                if (!words(same.get(i)).equals(words(same.get(j)))) {
                    pairs.add(new TextPair(same.get(i), same.get(j)));
                }
            }
        }
    }

    private List<LabelledPair> labelled(List<TextPair> paraphrases) {
        List<LabelledPair> pairs = new ArrayList<>();
        int[] shared = new int[sentences.size()];
        Set<TextPair> taken = new HashSet<>();
        for (TextPair pair : paraphrases) {
            pairs.add(new LabelledPair(PARAPHRASE, inSomeOrder(pair)));
            int at = places.getOrDefault(pair.first(), 0);
            int other = nearest(at, words(pair.second()), shared, taken);
            if (other >= 0) {
                TextPair different = pair(at, other);
                taken.add(different);
                pairs.add(new LabelledPair(DIFFERENT, different));
            }
        }
        return pairs;
    }

    /**
     * The sentence of another group that shares words with one, has as many words as a paraphrase
     * of it, one more or one less, and the overlap nearest to that of the paraphrase; of equals the
     * one with the smallest checksum of both; -1 if there is none.
     *
     * @param paraphrase its words
     * @param shared [sentences], zeroes, and so again afterwards
     * @param taken pairs that there are already
     */
    private int nearest(int at, Set<String> paraphrase, int[] shared, Set<TextPair> taken) {
        Set<String> own = words.get(at);
        for (String word : own) {
            for (int other : having.getOrDefault(word, new int[0])) {
                shared[other]++;
            }
        }
        double wanted = overlap(own, paraphrase);
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        long first = Long.MAX_VALUE;
        for (int other = 0; other < shared.length; other++) {
            if (shared[other] == 0) {
                continue;
            }
            int size = words.get(other).size();
            double overlap = (double) shared[other] / (own.size() + size - shared[other]);
            double off = Math.abs(overlap - wanted);
            shared[other] = 0;
            if (off > least
                    || Math.abs(size - paraphrase.size()) > 1
                    || groups.get(other).equals(groups.get(at))) {
                continue;
            }
            long order = checksum(sentences.get(at) + "\t" + sentences.get(other));
            if ((off < least || order < first) && !taken.contains(pair(at, other))) {
                best = other;
                least = off;
                first = order;
            }
        }
        return best;
    }

    private TextPair pair(int one, int other) {
        return inSomeOrder(new TextPair(sentences.get(one), sentences.get(other)));
    }

    private static double overlap(Set<String> a, Set<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return (double) shared / Math.max(1, a.size() + b.size() - shared);
    }

    /** The order of two sentences says nothing of their class. */
    private static TextPair inSomeOrder(TextPair pair) {
        boolean first = pair.first().compareTo(pair.second()) < 0;
        String lower = first ? pair.first() : pair.second();
        String higher = first ? pair.second() : pair.first();
        return checksum(lower + "\t" + higher) % 2 == 0
                ? new TextPair(lower, higher)
                : new TextPair(higher, lower);
    }

    private static Set<String> words(String sentence) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : BETWEEN_WORDS.split(sentence.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static long checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }
}
