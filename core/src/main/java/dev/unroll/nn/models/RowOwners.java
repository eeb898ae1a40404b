package dev.unroll.nn.models;

import dev.unroll.tensor.Layout;
import java.util.Arrays;

/** Maps each row of a search to the sentence it belongs to. */
final class RowOwners {
    private final int sentences;
    private int[] sentenceOf;

    RowOwners(int sentences) {
        this.sentences = sentences;
        this.sentenceOf = new int[sentences];
        Arrays.setAll(sentenceOf, i -> i);
    }

    /** The rows that continue these, as queries of their sentences; some sentences have none. */
    Layout after(int[] parents) {
        int[] next = new int[parents.length];
        int[] counts = new int[sentences];
        for (int r = 0; r < parents.length; r++) {
            if (parents[r] < 0 || parents[r] >= sentenceOf.length) {
                throw new IllegalArgumentException(
                        "row %d continues row %d of %d"
                                .formatted(r, parents[r], sentenceOf.length));
            }
            next[r] = sentenceOf[parents[r]];
            if (r > 0 && next[r] < next[r - 1]) {
                throw new IllegalArgumentException(
                        "row %d belongs to sentence %d and the row before it to %d: rows stand in"
                                        .formatted(r, next[r], next[r - 1])
                                + " the order of their sentences");
            }
            counts[next[r]]++;
        }
        sentenceOf = next;
        return Layout.of(counts);
    }

    /** For each row, its sentence. */
    int[] sentences() {
        return sentenceOf;
    }
}
