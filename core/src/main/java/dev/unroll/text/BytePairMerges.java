package dev.unroll.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The learned merges, applied to one word: the earliest learned pair anywhere in the word is joined
 * first, until no pair is left (Sennrich et al. 2016, "Neural Machine Translation of Rare Words
 * with Subword Units", section 3.2).
 *
 * <p>Waiting pairs lie in a priority queue, so a word of n bytes takes O(n log n) steps, however
 * long.
 */
final class BytePairMerges {

    /** A pair's place in the order of learning, and the token that the pair becomes. */
    private record Join(int rank, int token) {}

    /** A pair that may be joined: the place of its left part. */
    private record Waiting(int rank, int left) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting that) {
            int byRank = Integer.compare(rank, that.rank);
            return byRank != 0 ? byRank : Integer.compare(left, that.left);
        }
    }

    private final Map<Long, Join> joins;

    BytePairMerges(List<BytePairTokenizer.Merge> merges, Vocabulary vocabulary) {
        joins = HashMap.newHashMap(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            BytePairTokenizer.Merge merge = merges.get(rank);
            for (String token : List.of(merge.left(), merge.right(), merge.joined())) {
                if (!vocabulary.contains(token)) {
                    throw new IllegalArgumentException(
                            "merge %d joins '%s' and '%s', but '%s' is not in the vocabulary"
                                    .formatted(rank, merge.left(), merge.right(), token));
                }
            }
            long pair = pair(vocabulary.id(merge.left()), vocabulary.id(merge.right()));
            Join earlier = joins.put(pair, new Join(rank, vocabulary.id(merge.joined())));
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "merge %d joins '%s' and '%s', as merge %d does already"
                                .formatted(rank, merge.left(), merge.right(), earlier.rank()));
            }
        }
    }

    static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    /** The tokens that remain; {@code tokens} is used up. */
    int[] apply(int[] tokens) {
        int n = tokens.length;
        int[] next = new int[n];
        int[] previous = new int[n];
        PriorityQueue<Waiting> queue = new PriorityQueue<>();
        for (int i = 0; i < n; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
            offer(i, tokens, next, queue);
        }
        int left = n;
        for (Waiting first = queue.poll(); first != null; first = queue.poll()) {
            int i = first.left;
            Join join = joinAt(i, tokens, next);
            if (join == null || join.rank != first.rank) {
                continue; // one of the two has been joined with another since
            }
            int gone = next[i];
            tokens[i] = join.token;
            tokens[gone] = -1;
            next[i] = next[gone];
            if (next[i] < n) {
                previous[next[i]] = i;
            }
            left--;
            offer(i, tokens, next, queue);
            if (previous[i] >= 0) {
                offer(previous[i], tokens, next, queue);
            }
        }
        int[] result = new int[left];
        for (int i = 0, out = 0; i < n; i = next[i]) {
            result[out++] = tokens[i];
        }
        return result;
    }

    private void offer(int i, int[] tokens, int[] next, PriorityQueue<Waiting> queue) {
        Join join = joinAt(i, tokens, next);
        if (join != null) {
            queue.add(new Waiting(join.rank, i));
        }
    }

    private @Nullable Join joinAt(int i, int[] tokens, int[] next) {
        if (tokens[i] < 0 || next[i] >= tokens.length) {
            return null;
        }
        return joins.get(pair(tokens[i], tokens[next[i]]));
    }
}
