package dev.unroll.mask;

import dev.unroll.random.Noise;
import java.util.Arrays;

/**
 * Random pairs of blocks (Zaheer et al. 2020, section 2): each block draws some blocks among itself
 * and the earlier ones, and attends to them as they attend to it. The draw of a block depends on
 * its number and the seed alone, so that a longer sequence has the pairs of a shorter one.
 *
 * @param size positions of a block, at least 1
 * @param count blocks drawn for each block, at least 0; they may coincide
 * @param seed addresses the random numbers
 */
public record RandomBlocks(int size, int count, long seed) implements Mask {
    public RandomBlocks {
        if (size < 1 || count < 0) {
            throw new IllegalArgumentException(
                    "random blocks have at least 1 position each, and at least 0 are drawn, not %d and %d"
                            .formatted(size, count));
        }
    }

    @Override
    public boolean sees(int query, int key) {
        return joined(Math.floorDiv(query, size), key / size);
    }

    private boolean joined(int a, int b) {
        int later = Math.max(a, b);
        int earlier = Math.min(a, b);
        for (int draw = 0; draw < count; draw++) {
            if (drawn(later, draw) == earlier) {
                return true;
            }
        }
        return false;
    }

    /** The number of the block that a block draws: one up to its own. */
    private int drawn(int block, int draw) {
        double share = Noise.uniformDouble(seed, (long) block * count + draw); // [0, 1)
        return (int) (share * (block + 1L));
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        if (from >= keys) {
            return keys;
        }
        int blocks = (keys - 1) / size + 1;
        int start = from / size;
        int next = blocks;
        for (int query = Math.floorDiv(first, size); query <= Math.floorDiv(last, size); query++) {
            for (int draw = 0; draw < count; draw++) {
                int key = drawn(query, draw);
                next = key >= start && key < next ? key : next;
            }
            for (int key = Math.max(start, query + 1); key < next; key++) {
                next = joined(query, key) ? key : next;
            }
        }
        return next == blocks ? keys : Math.max(from, next * size);
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int key = from; key < to; ) {
            int block = key / size;
            int end = (int) Math.min(to, (block + 1L) * size);
            Arrays.fill(seen, key - from, end - from, seenBy(first, count, block));
            key = end;
        }
        return seen;
    }

    /** The queries that attend to a block of keys. */
    private long seenBy(int first, int count, int keyBlock) {
        long bits = 0;
        for (int i = 0; i < count; ) {
            int block = Math.floorDiv(first + i, size);
            int end = (int) Math.min(count, (block + 1L) * size - first);
            bits |= joined(block, keyBlock) ? Bits.range(i, end) : 0;
            i = end;
        }
        return bits;
    }
}
