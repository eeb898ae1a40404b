package dev.unroll.random;

/**
 * Addressed randomness: a number is a pure function of a key and a place, so it can be drawn
 * anywhere, in any order, on any number of threads, and again.
 */
public final class Noise {
    private Noise() {}

    /** A key below a key: the same for the same pair, unrelated for any other. */
    public static long key(long parent, long place) {
        return mix(parent + 0x9E3779B97F4A7C15L * (place + 1));
    }

    /** SplitMix64 (Steele et al. 2014, figure 16), with the finaliser of Stafford's variant 13. */
    private static long mix(long bits) {
        long z = bits;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A key below a key, by name. */
    public static long key(long parent, String name) {
        long key = parent;
        for (int i = 0; i < name.length(); i++) {
            key = key(key, name.charAt(i));
        }
        return key(key, name.length());
    }

    /**
     * 32 well-mixed bits for a place. Only additions, shifts and 32-bit products, so that vector
     * lanes can do it too.
     */
    public static int bits(long key, int place) {
        // lowbias32 (Wellons 2018) on the place, with the key's halves stirred in before and
        // between
        int x = place + (int) key;
        x ^= x >>> 16;
        x *= 0x21f0aaad;
        x ^= x >>> 15;
        x += (int) (key >>> 32);
        x *= 0x735a2d97;
        x ^= x >>> 15;
        return x;
    }

    /** A number in [0, 1) with 53 random bits. */
    public static double uniformDouble(long key, long place) {
        return (mix(key + place) >>> 11) * 0x1p-53;
    }

    /** A number in [0, 1) with 24 random bits. */
    public static float uniform(long key, int place) {
        return (bits(key, place) >>> 8) * 0x1p-24f;
    }
}
