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
    public long seenBy(int key, int first, int count) {
        long block = key / size;
        int from = Math.clamp(block * size - first, 0, count);
        int to = Math.clamp((block + 1) * size - first, from, count);
        return Bits.range(from, to);
    }

    @Override
    public int lastQuery(int key) {
        return (int) Math.min(NO_LIMIT, (key / size + 1L) * size - 1);
    }
}
