package dev.unroll.mask;

import java.util.List;

/**
 * Tokens that attend to every key and that every query attends to.
 *
 * @param positions of the tokens, at least 0, kept in order
 */
public record GlobalTokens(List<Integer> positions) implements Mask {
    public GlobalTokens {
        positions = positions.stream().sorted().distinct().toList();
        if (!positions.isEmpty() && positions.getFirst() < 0) {
            throw new IllegalArgumentException(
                    "global tokens stand at positions from 0, not at " + positions.getFirst());
        }
    }

    @Override
    public boolean sees(int query, int key) {
        return isGlobal(query) || isGlobal(key);
    }

    private boolean isGlobal(int position) {
        return positions.contains(position);
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        int next = keys;
        for (int position : positions) {
            if (position >= first && position <= last) {
                return Math.min(from, keys);
            }
            if (position >= from) {
                next = Math.min(next, position);
            }
        }
        return next;
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int position : positions) {
            if (position >= first && position < first + count) {
                for (int i = 0; i < seen.length; i++) {
                    seen[i] |= 1L << (position - first);
                }
            }
            if (position >= from && position < to) {
                seen[position - from] = Bits.range(0, count);
            }
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        if (isGlobal(key)) {
            return NO_LIMIT;
        }
        return positions.isEmpty() ? -1 : positions.getLast();
    }
}
