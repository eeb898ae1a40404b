package dev.unroll.vector.attention;

import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import java.util.Arrays;

/**
 * The keys that some queries look at, in tiles of {@value #KEYS} neighbouring keys: only tiles in
 * which at least one of the queries sees at least one key. Tiles that follow each other form a run,
 * which one matrix product goes through; the keys of all runs lie one behind another in the arrays
 * of {@link AttentionScratch}.
 *
 * <p>A tile of which every query sees every key is whole, and nothing in it is hidden.
 */
final class VisitedTiles {
    /** Keys of a tile; the tiles of a sequence begin at multiples of it. */
    static final int KEYS = 32;

    private int tiles;
    private int keys;
    private int runs;
    private int[] runFrom = new int[4]; // [runs], first key in the sequence
    private int[] runAt = new int[5]; // [runs + 1], first key among those visited
    private int partials;
    private int[] partialAt = new int[4]; // [partials], first key among those visited
    private long[] seen = new long[4 * KEYS]; // [partials · KEYS], the queries that see each key

    /**
     * Looks for the tiles of some queries.
     *
     * @param first position of the first query
     * @param queries how many, at most {@link Mask#QUERIES}
     * @param all keys of the sequence
     */
    void find(Mask mask, int first, int queries, int all) {
        tiles = 0;
        keys = 0;
        runs = 0;
        partials = 0;
        if (mask.equals(Masks.NONE)) {
            tiles = (all + KEYS - 1) / KEYS;
            append(0, all);
            return;
        }
        int last = first + queries - 1;
        for (int key = mask.next(first, last, 0, all); key < all; ) {
            int from = key / KEYS * KEYS;
            int end = Math.min(all, from + KEYS);
            visit(mask, first, queries, from, end);
            key = end < all ? mask.next(first, last, end, all) : all;
        }
    }

    private void visit(Mask mask, int first, int queries, int from, int end) {
        if (seen.length < (partials + 1) * KEYS) {
            seen = Arrays.copyOf(seen, 2 * seen.length);
            partialAt = Arrays.copyOf(partialAt, 2 * partialAt.length);
        }
        long any = 0;
        long every = -1;
        long[] bits = mask.seenBy(first, queries, from, end);
        for (long some : bits) {
            any |= some;
            every &= some;
        }
        if (any == 0) {
            return;
        }
        if (Long.bitCount(every) < queries) {
            System.arraycopy(bits, 0, seen, partials * KEYS, bits.length);
            partialAt[partials++] = keys;
        }
        tiles++;
        append(from, end);
    }

    /** Keys that go on with the last run, or begin another. */
    private void append(int from, int end) {
        if (end == from) {
            return;
        }
        if (runs == 0 || from != runFrom[runs - 1] + runAt[runs] - runAt[runs - 1]) {
            if (runs == runFrom.length) {
                runFrom = Arrays.copyOf(runFrom, 2 * runs);
                runAt = Arrays.copyOf(runAt, 2 * runs + 1);
            }
            runFrom[runs++] = from;
        }
        keys += end - from;
        runAt[runs] = keys;
    }

    /** How many tiles are visited. */
    int tiles() {
        return tiles;
    }

    /** How many keys are visited. */
    int keys() {
        return keys;
    }

    /** How many runs of neighbouring tiles there are. */
    int runs() {
        return runs;
    }

    /** The first key of a run within the sequence. */
    int from(int run) {
        return runFrom[run];
    }

    /** Where the keys of a run begin among those visited. */
    int at(int run) {
        return runAt[run];
    }

    /** The keys of a run. */
    int count(int run) {
        return runAt[run + 1] - runAt[run];
    }

    /** Puts −∞ for the scores, [keys, padded], of what is not seen. */
    void hide(float[] scores, int padded) {
        for (int p = 0; p < partials; p++) {
            int key = partialAt[p];
            int end = Math.min(keys, key + KEYS);
            for (int j = key; j < end; j++) {
                AttentionLoops.hide(scores, j * padded, padded, seen[p * KEYS + j - key]);
            }
        }
    }
}
