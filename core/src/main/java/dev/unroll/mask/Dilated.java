package dev.unroll.mask;

/**
 * A window with gaps: the keys {@code query + k·step} with {@code −left ≤ k ≤ right}.
 *
 * @param left how many keys before the query's own, at least 0, or {@link Mask#NO_LIMIT}
 * @param right how many keys after it, at least 0, or {@link Mask#NO_LIMIT}
 * @param step at least 1
 */
public record Dilated(int left, int right, int step) implements Mask {
    public Dilated {
        if (left < 0 || right < 0 || step < 1) {
            throw new IllegalArgumentException(
                    ("a dilated window counts keys to both sides and has a step of at least 1, not"
                                    + " %d, %d and a step of %d")
                            .formatted(left, right, step));
        }
    }

    @Override
    public boolean sees(int query, int key) {
        long distance = (long) key - query;
        return distance % step == 0
                && distance >= -(long) left * step
                && distance <= (long) right * step;
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        long key = Math.max(from, first - (long) left * step);
        // the first query that stands at a multiple of the step from the key, or after the last
        long off = Math.floorMod(key - first, (long) step);
        if (off > last - first) {
            key += step - off;
        }
        return key <= last + (long) right * step ? (int) Math.min(key, keys) : keys;
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int key = from; key < to; key++) {
            int earliest = Math.clamp(key - (long) right * step - first, 0, count);
            int end = Math.clamp(key + (long) left * step - first + 1, earliest, count);
            int i = earliest + Math.floorMod(key - first - earliest, step);
            for (; i < end; i += step) {
                seen[key - from] |= 1L << i;
            }
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        return (int) Math.min(NO_LIMIT, key + (long) left * step);
    }
}
