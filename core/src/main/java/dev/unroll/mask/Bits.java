package dev.unroll.mask;

/** Bits of a long. */
final class Bits {
    private Bits() {}

    /** The bits [from, to) set, with 0 ≤ from ≤ to ≤ 64. */
    static long range(int from, int to) {
        return upTo(to) & ~upTo(from);
    }

    private static long upTo(int count) {
        return count >= Long.SIZE ? -1 : (1L << count) - 1;
    }
}
