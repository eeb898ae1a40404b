package dev.unroll.backend;

/**
 * The keys that each query attends to. Sequence s has the query rows {@code [queryOffsets[s],
 * queryOffsets[s+1])} and the key rows {@code [keyOffsets[s], keyOffsets[s+1])}; its query i stands
 * at position {@code starts[s] + i} among its keys and sees the keys j with {@code position − left
 * ≤ j ≤ position + right}.
 *
 * @param queryOffsets [batch + 1]
 * @param keyOffsets [batch + 1]
 * @param starts [batch], position of each sequence's first query
 * @param split of the rows into heads
 * @param left keys visible before a query's position; {@link #EVERYTHING} for no limit
 * @param right keys visible after a query's position; 0 is causal
 */
@SuppressWarnings("ArrayRecordComponent")
public record AttentionShape(
        int[] queryOffsets,
        int[] keyOffsets,
        int[] starts,
        AttentionHeads split,
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
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "attention: a window of %d to the left, %d to the right: at least 0, or"
                                    .formatted(left, right)
                            + " EVERYTHING");
        }
    }

    /** Number of query heads. */
    public int heads() {
        return split.heads();
    }

    /** Number of key and value heads. */
    public int keyHeads() {
        return split.keyHeads();
    }

    /** Width of one head of queries and keys. */
    public int width() {
        return split.width();
    }

    /** Width of one head of values. */
    public int valueWidth() {
        return split.valueWidth();
    }

    /** Factor on the scores. */
    public float scale() {
        return split.scale();
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
