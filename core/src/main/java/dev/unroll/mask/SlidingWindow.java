package dev.unroll.mask;

/**
 * A sliding window: the keys from {@code left} before the query's own position to {@code right}
 * after it.
 *
 * @param left keys before, at least 0, or {@link Mask#NO_LIMIT}
 * @param right keys after, at least 0, or {@link Mask#NO_LIMIT}; 0 hides the future
 */
public record SlidingWindow(int left, int right) implements Mask {
    public SlidingWindow {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "a mask counts keys to both sides, not %d and %d; NO_LIMIT stands for all"
                            .formatted(left, right));
        }
    }

    @Override
    public boolean sees(int query, int key) {
        return key >= (long) query - left && key <= (long) query + right;
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        long key = Math.max(from, (long) first - left);
        return key <= (long) last + right ? (int) Math.min(key, keys) : keys;
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int key = from; key < to; key++) {
            int earliest = Math.clamp((long) key - right - first, 0, count);
            int end = Math.clamp((long) key + left - first + 1, earliest, count);
            seen[key - from] = Bits.range(earliest, end);
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        return (int) Math.min(NO_LIMIT, (long) key + left);
    }
}
