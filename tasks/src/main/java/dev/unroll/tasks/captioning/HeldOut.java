package dev.unroll.tasks.captioning;

import dev.unroll.random.Noise;

/**
 * Draws which examples are held out. The function never changes, so that a run of an earlier
 * version keeps its test set; it is good enough for an order, and no source of noise.
 */
final class HeldOut {
    private HeldOut() {}

    /** 32 bits that decide where an example of a data set goes. */
    static int bits(long key, int example) {
        // lowbias32 (Wellons 2018) on the example, with the key's halves stirred in before and
        // between
        int x = example + (int) key;
        x ^= x >>> 16;
        x *= 0x21f0aaad;
        x ^= x >>> 15;
        x += (int) (key >>> 32);
        x *= 0x735a2d97;
        x ^= x >>> 15;
        return x;
    }

    /** A number in [0, 1) for a name. */
    static float share(long key, String name) {
        return (bits(Noise.key(key, name), 0) >>> 8) * 0x1p-24f;
    }
}
