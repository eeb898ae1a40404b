package dev.unroll.mask;

/**
 * Which keys a query may attend to. Queries and keys are numbered by their positions in a sequence,
 * from 0, and a mask does not depend on the sequence's length, so that the same pairs are seen
 * while a text is read as a whole and while it is written token by token.
 *
 * <p>Masks are values that are composed: {@code Masks.CAUSAL.and(Masks.window(127, 0).or(
 * Masks.globalTokens(0)))} sees the 128 latest keys and the first one. A mask of one's own
 * implements {@link #sees} and {@link #next}.
 *
 * <p>{@link #next} is what makes attention cost less than the square: a kernel asks it for the next
 * key that some of a group of queries may see, and never touches the keys in between.
 */
public interface Mask {
    /** No limit on how far a window reaches to one side. */
    int NO_LIMIT = Integer.MAX_VALUE;

    /** The most queries that {@link #seenBy} can answer for at once. */
    int QUERIES = Long.SIZE;

    /** {@return whether the query at one position attends to the key at another} */
    boolean sees(int query, int key);

    /**
     * The first key that some of the queries may attend to. The answer may be a key that none of
     * them attends to, but no key between {@code from} and the answer may be attended to.
     *
     * @param first position of the first query
     * @param last position of the last query
     * @param from the first key asked about
     * @param keys how many keys there are
     * @return at least {@code from}; {@code keys} if there is none
     */
    int next(int first, int last, int from, int keys);

    /**
     * The queries that attend to each of some keys, as bits: in the element of a key, bit i is set
     * where query {@code first + i} attends to it.
     *
     * @param count of the queries, at most {@value #QUERIES}
     * @param from the first key
     * @param to one past the last key
     * @return [to − from]
     */
    default long[] seenBy(int first, int count, int from, int to) {
        long[] seen = new long[to - from];
        for (int key = from; key < to; key++) {
            for (int i = 0; i < count; i++) {
                seen[key - from] |= sees(first + i, key) ? 1L << i : 0;
            }
        }
        return seen;
    }

    /**
     * The position of the last query that may attend to a key: a key-value cache may forget the key
     * after it. Too late a position costs memory, too early a one is an error.
     */
    default int lastQuery(int key) {
        return NO_LIMIT;
    }

    /** {@return what both masks see} */
    default Mask and(Mask other) {
        return And.of(this, other);
    }

    /** {@return what at least one of two masks sees} */
    default Mask or(Mask other) {
        return new Or(this, other);
    }
}
