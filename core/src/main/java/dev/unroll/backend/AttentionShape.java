package dev.unroll.backend;

/**
 * Who looks at whom. Sequence s has the query rows {@code [queryOffsets[s], queryOffsets[s+1])} and
 * the key rows {@code [keyOffsets[s], keyOffsets[s+1])}; its query i stands at position {@code
 * starts[s] + i} among its keys and sees the keys j with {@code position − left ≤ j ≤ position +
 * right}.
 *
 * @param queryOffsets [batch + 1]
 * @param keyOffsets [batch + 1]
 * @param starts [batch], position of each sequence's first query
 * @param heads query heads
 * @param keyHeads key and value heads; divides heads (grouped queries, Ainslie et al. 2023)
 * @param width of one head of queries and keys
 * @param valueWidth of one head of values
 * @param scale factor on the scores, usually 1/√width (Vaswani et al. 2017, eq. 1)
 * @param left keys visible before a query's position; {@link #EVERYTHING} for no limit
 * @param right keys visible after a query's position; 0 is causal
 */
@SuppressWarnings("ArrayRecordComponent")
public record AttentionShape(
        int[] queryOffsets,
        int[] keyOffsets,
        int[] starts,
        int heads,
        int keyHeads,
        int width,
        int valueWidth,
        float scale,
        int left,
        int right) {

    /** No limit on how far a query sees. */
    public static final int EVERYTHING = Integer.MAX_VALUE;

    public AttentionShape {
        int batch = queryOffsets.length - 1;
        if (batch < 0 || keyOffsets.length != batch + 1 || starts.length != batch) {
            throw new IllegalArgumentException(
                    "attention: %d sequences of queries, %d of keys, %d starts: one of each"
                            .formatted(batch, keyOffsets.length - 1, starts.length));
        }
        if (keyHeads < 1 || heads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "attention: %d heads cannot share %d key heads: they come in equal groups"
                            .formatted(heads, keyHeads));
        }
        if (width < 1 || valueWidth < 1) {
            throw new IllegalArgumentException(
                    "attention: heads of width %d and value width %d: at least 1"
                            .formatted(width, valueWidth));
        }
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "attention: a window of %d to the left, %d to the right: at least 0, or"
                                    .formatted(left, right)
                            + " EVERYTHING");
        }
    }

    /** Number of sequences. */
    public int batch() {
        return queryOffsets.length - 1;
    }

    /** First key, within its sequence, that query i of sequence s sees. */
    public int from(int s, int i) {
        return left == EVERYTHING ? 0 : Math.clamp((long) starts[s] + i - left, 0, keys(s));
    }

    /** One past the last key, within its sequence, that query i of sequence s sees. */
    public int to(int s, int i) {
        return right == EVERYTHING
                ? keys(s)
                : Math.clamp((long) starts[s] + i + right + 1, 0, keys(s));
    }

    /** Keys of sequence s. */
    public int keys(int s) {
        return keyOffsets[s + 1] - keyOffsets[s];
    }

    /** Queries of sequence s. */
    public int queries(int s) {
        return queryOffsets[s + 1] - queryOffsets[s];
    }
}
