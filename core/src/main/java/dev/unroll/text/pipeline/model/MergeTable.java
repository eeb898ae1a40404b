package dev.unroll.text.pipeline.model;

import java.util.Arrays;

/** Which pairs of tokens are merged, in which order, and into what. Immutable once filled. */
final class MergeTable {

    private static final long EMPTY = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] merged;
    private final int mask;

    MergeTable(int size) {
        int capacity = Integer.highestOneBit(Math.max(8, size * 2 - 1)) * 2;
        pairs = new long[capacity];
        Arrays.fill(pairs, EMPTY);
        ranks = new int[capacity];
        merged = new int[capacity];
        mask = capacity - 1;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int slot(long pair) {
        long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 33) & mask;
    }

    /** Adds a pair; one that stands there already gets the later rank. */
    void put(int left, int right, int rank, int result) {
        long pair = pair(left, right);
        int at = slot(pair);
        while (pairs[at] != EMPTY && pairs[at] != pair) {
            at = at + 1 & mask;
        }
        pairs[at] = pair;
        ranks[at] = rank;
        merged[at] = result;
    }

    /** Where a pair stands in this table; −1 if it is not merged. */
    int find(int left, int right) {
        long pair = pair(left, right);
        int at = slot(pair);
        while (pairs[at] != pair) {
            if (pairs[at] == EMPTY) {
                return -1;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    int rank(int place) {
        return ranks[place];
    }

    int merged(int place) {
        return merged[place];
    }
}
