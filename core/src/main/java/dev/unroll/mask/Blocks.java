package dev.unroll.mask;

/**
 * Only the query's own block of neighbouring positions.
 *
 * @param size positions of a block, at least 1
 */
public record Blocks(int size) implements Mask {
    public Blocks {
        if (size < 1) {
            throw new IllegalArgumentException("a block has at least 1 position, not " + size);
        }
    }

    @Override
    public boolean sees(int query, int key) {
        return Math.floorDiv(query, size) == key / size;
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        int key = Math.max(from, Math.floorDiv(first, size) * size);
        return key / size <= Math.floorDiv(last, size) ? Math.min(key, keys) : keys;
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int key = from; key < to; key++) {
            long block = key / size;
            int earliest = Math.clamp(block * size - first, 0, count);
            int end = Math.clamp((block + 1) * size - first, earliest, count);
            seen[key - from] = Bits.range(earliest, end);
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        return (int) Math.min(NO_LIMIT, (key / size + 1L) * size - 1);
    }
}
