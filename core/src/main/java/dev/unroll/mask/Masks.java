package dev.unroll.mask;

import java.util.List;
import java.util.stream.IntStream;

/** The masks there are. They are composed by {@link Mask#and} and {@link Mask#or}. */
public final class Masks {
    /** Every query attends to every key. */
    public static final Mask NONE = new SlidingWindow(Mask.NO_LIMIT, Mask.NO_LIMIT);

    /** No query attends to later keys (Vaswani et al. 2017, section 3.2.3). */
    public static final Mask CAUSAL = new SlidingWindow(Mask.NO_LIMIT, 0);

    private Masks() {}

    /**
     * A sliding window: only near keys (Beltagy et al. 2020, section 3.1).
     *
     * @param left keys before the query's own position, or {@link Mask#NO_LIMIT}
     * @param right keys after it, or {@link Mask#NO_LIMIT}; 0 hides the future
     */
    public static Mask window(int left, int right) {
        return new SlidingWindow(left, right);
    }

    /**
     * A sliding window with gaps: every {@code step}th key, as seen from the query (Beltagy et al.
     * 2020, section 3.1).
     *
     * @param left how many keys before the query's own, or {@link Mask#NO_LIMIT}
     * @param right how many keys after it, or {@link Mask#NO_LIMIT}
     */
    public static Mask dilated(int left, int right, int step) {
        return new Dilated(left, right, step);
    }

    /**
     * Every {@code stride}th key, as seen from the query: the second pattern of strided attention
     * (Child et al. 2019, section 4.2). The first is a window of {@code stride} keys; together they
     * reach every earlier key in two hops.
     */
    public static Mask strided(int stride) {
        return new Dilated(Mask.NO_LIMIT, Mask.NO_LIMIT, stride);
    }

    /** Only the query's own block of {@code size} neighbouring positions. */
    public static Mask blocks(int size) {
        return new Blocks(size);
    }

    /**
     * Tokens that attend to every key and that every query attends to (Beltagy et al. 2020, section
     * 3.1), and nothing else.
     *
     * @param positions of the tokens
     */
    public static Mask globalTokens(Integer... positions) {
        return new GlobalTokens(List.of(positions));
    }

    /** Global tokens at the first {@code count} positions; see {@link #globalTokens}. */
    public static Mask firstTokens(int count) {
        return new GlobalTokens(IntStream.range(0, count).boxed().toList());
    }

    /**
     * Random pairs of blocks (Zaheer et al. 2020, section 2): each block is joined with some random
     * earlier ones, in both directions.
     *
     * @param size positions of a block
     * @param count earlier blocks drawn for each block
     * @param seed addresses the random numbers
     */
    public static Mask randomBlocks(int size, int count, long seed) {
        return new RandomBlocks(size, count, seed);
    }
}
