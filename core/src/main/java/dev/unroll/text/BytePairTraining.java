package dev.unroll.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte-pair merges: the most frequent pair of neighbours becomes a token, again and again
 * (Sennrich et al. 2016, algorithm 1).
 *
 * <p>Each different word is kept once with its count. Each pair knows its frequency and the words
 * that may hold it, so a merge touches only those words; the frequencies it changes are corrected
 * in place and the priority queue is corrected when a pair comes up with an old frequency.
 */
final class BytePairTraining {

    /** The occurrences of a pair: their number, and the words that have or once had it. */
    private static final class Occurrences {
        long frequency;
        final TokenIds words = new TokenIds(4);
    }

    /** A pair with the frequency it had when it was queued; the smallest is to be merged first. */
    private record Candidate(long frequency, int left, int right) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate that) {
            if (frequency != that.frequency) {
                return Long.compare(that.frequency, frequency);
            }
            return left != that.left
                    ? Integer.compare(left, that.left)
                    : Integer.compare(right, that.right);
        }
    }

    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    private final TokenizerOptions options;

    private final int[][] words; // each word as the tokens it is made of so far
    private final int[] lengths; // how many of them are in use
    private final long[] counts; // how often the word occurs

    private final Map<Long, Occurrences> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
    private final Set<Long> grown = new HashSet<>(); // pairs that the running merge made

    /**
     * @param frequencies each word with its count
     * @param tokens the tokens there are before training; those that are learned are added
     */
    BytePairTraining(Map<String, Long> frequencies, List<String> tokens, TokenizerOptions options) {
        this.tokens = tokens;
        this.options = options;
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        words = new int[frequencies.size()][];
        lengths = new int[words.length];
        counts = new long[words.length];
        int word = 0;
        for (Map.Entry<String, Long> entry : frequencies.entrySet()) {
            byte[] bytes = ByteAlphabet.encode(entry.getKey());
            words[word] = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                words[word][i] = ids.getOrDefault(ByteAlphabet.letter(bytes[i] & 0xFF), 0);
            }
            lengths[word] = bytes.length;
            counts[word] = entry.getValue();
            word++;
        }
    }

    List<BytePairTokenizer.Merge> run() {
        for (int word = 0; word < words.length; word++) {
            for (int i = 1; i < lengths[word]; i++) {
                add(words[word][i - 1], words[word][i], word);
            }
        }
        queueGrownPairs();
        List<BytePairTokenizer.Merge> merges = new ArrayList<>();
        Set<BytePairTokenizer.Merge> learned = new HashSet<>();
        while (tokens.size() < options.vocabularySize() && !queue.isEmpty()) {
            Candidate best = queue.remove();
            Occurrences occurrences = pairs.get(BytePairMerges.pair(best.left, best.right));
            if (occurrences == null || occurrences.frequency <= 0) {
                continue;
            }
            if (occurrences.frequency != best.frequency) {
                queue.add(new Candidate(occurrences.frequency, best.left, best.right));
                continue;
            }
            if (best.frequency < options.minimumFrequency()) {
                break;
            }
            BytePairTokenizer.Merge merge =
                    new BytePairTokenizer.Merge(tokens.get(best.left), tokens.get(best.right));
            if (learned.add(merge)) {
                merges.add(merge);
            }
            merge(best.left, best.right, idOf(merge.joined()), occurrences);
            queueGrownPairs();
        }
        return merges;
    }

    /** Two ways of joining the same letters give one token. */
    private int idOf(String token) {
        Integer known = ids.putIfAbsent(token, tokens.size());
        if (known != null) {
            return known;
        }
        tokens.add(token);
        return tokens.size() - 1;
    }

    private void merge(int left, int right, int joined, Occurrences occurrences) {
        pairs.remove(BytePairMerges.pair(left, right));
        for (int k = 0; k < occurrences.words.size(); k++) {
            mergeIn(occurrences.words.get(k), left, right, joined);
        }
    }

    private void mergeIn(int word, int left, int right, int joined) {
        int[] w = words[word];
        int n = lengths[word];
        int out = 0;
        for (int i = 0; i < n; i++) {
            if (i + 1 < n && w[i] == left && w[i + 1] == right) {
                if (out > 0) {
                    remove(w[out - 1], left, word);
                    add(w[out - 1], joined, word);
                }
                if (i + 2 < n) {
                    remove(right, w[i + 2], word);
                    add(joined, w[i + 2], word);
                }
                w[out++] = joined;
                i++;
            } else {
                w[out++] = w[i];
            }
        }
        lengths[word] = out;
    }

    private void add(int left, int right, int word) {
        long pair = BytePairMerges.pair(left, right);
        Occurrences occurrences = pairs.computeIfAbsent(pair, _ -> new Occurrences());
        occurrences.frequency += counts[word];
        TokenIds in = occurrences.words;
        if (in.size() == 0 || in.get(in.size() - 1) != word) {
            in.add(word);
        }
        grown.add(pair);
    }

    private void remove(int left, int right, int word) {
        Occurrences occurrences = pairs.get(BytePairMerges.pair(left, right));
        if (occurrences != null) {
            occurrences.frequency -= counts[word];
        }
    }

    private void queueGrownPairs() {
        for (long pair : grown) {
            Occurrences occurrences = pairs.get(pair);
            if (occurrences != null && occurrences.frequency > 0) {
                queue.add(new Candidate(occurrences.frequency, (int) (pair >> 32), (int) pair));
            }
        }
        grown.clear();
    }
}
