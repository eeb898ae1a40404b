package dev.unroll.decode;

/**
 * Random numbers by address: a pure function of (seed, sentence, step), so that no draw depends on
 * which others were made. Mixing function: SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable
 * Pseudorandom Number Generators", figure 16 with Stafford's variant 13).
 */
final class Noise {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Noise() {}

    /** Uniform in [0, 1). */
    static double uniform(long seed, long sentence, long step) {
        long bits = mix(mix(mix(seed + GOLDEN_GAMMA) + sentence * GOLDEN_GAMMA) + step);
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
