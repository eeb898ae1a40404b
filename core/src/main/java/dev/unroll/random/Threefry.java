package dev.unroll.random;

/**
 * Threefry2x32: 64 random bits as a function of a 64-bit key and a 64-bit counter (Salmon et al.
 * 2011, "Parallel random numbers: as easy as 1, 2, 3", section 4.2). It needs only additions,
 * rotations and exclusive ors of 32-bit words, so that vector lanes can compute it too.
 */
public final class Threefry {
    /** The fewest rounds that pass all tests of BigCrush (Salmon et al. 2011, table 2). */
    public static final int ROUNDS = 13;

    /** By how many bits the rounds rotate, in turn (R_32x2 of Random123). */
    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

    /** The parity of the third word of the key schedule. */
    private static final int PARITY = 0x1BD11BDA;

    private Threefry() {}

    /** {@return the third word of the key schedule for a key's two words} */
    public static int third(int key0, int key1) {
        return PARITY ^ key0 ^ key1;
    }

    /**
     * Two random words.
     *
     * @param key the first word in the low half
     * @param counter the first word in the low half
     * @return the first word in the low half
     */
    static long block(int rounds, long key, long counter) {
        int[] keys = {(int) key, (int) (key >>> 32), third((int) key, (int) (key >>> 32))};
        int x0 = (int) counter + keys[0];
        int x1 = (int) (counter >>> 32) + keys[1];
        for (int round = 0; round < rounds; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS[round % 8]) ^ x0;
            if (round % 4 == 3) {
                int injection = round / 4 + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + injection;
            }
        }
        return Integer.toUnsignedLong(x0) | (long) x1 << 32;
    }
}
