package dev.unroll.random;

/**
 * Addressed randomness: a number is a pure function of a key and a place, so it can be drawn
 * anywhere, in any order, on any number of threads, and again.
 */
public final class Noise {
    /** Names the function behind {@link #bits}: another name stands for other numbers. */
    public static final String GENERATOR = "threefry2x32-" + Threefry.ROUNDS;

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
     * 32 random bits for a place: a word of {@link Threefry}, whose key is the key. The two words
     * of a counter belong to places that are 16 apart, so that vectors of 4, 8 or 16 lanes compute
     * neighbouring places together: the counter of a place is 16 ⌊place / 32⌋ + place mod 16, and
     * the word is ⌊place / 16⌋ mod 2.
     *
     * @param place any number; negative ones are places of their own
     */
    public static int bits(long key, int place) {
        int counter = (place >>> 5) * 16 + (place & 15);
        long words = Threefry.block(Threefry.ROUNDS, key, counter);
        return (int) ((place & 16) == 0 ? words : words >>> 32);
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
