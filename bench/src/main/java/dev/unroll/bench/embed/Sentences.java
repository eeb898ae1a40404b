package dev.unroll.bench.embed;

import java.util.Random;

/**
 * Token numbers of sentences; what they say does not matter for speed.
 *
 * @param ids by sentence
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
record Sentences(int[][] ids) {

    /** So many sentences with lengths spread evenly from the shortest to the longest. */
    static Sentences of(int count, int shortest, int longest) {
        Random random = new Random(1);
        int[][] ids = new int[count][];
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(shortest, longest + 1);
            ids[i] = random.ints(length, 1000, MiniLm.VOCABULARY).toArray();
        }
        return new Sentences(ids);
    }

    int count() {
        return ids.length;
    }

    int longest() {
        int longest = 0;
        for (int[] sentence : ids) {
            longest = Math.max(longest, sentence.length);
        }
        return longest;
    }
}
