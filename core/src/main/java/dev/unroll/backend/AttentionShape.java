package dev.unroll.backend;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;

/**
 * The keys that each query attends to. Sequence s has the query rows {@code [queryOffsets[s],
 * queryOffsets[s+1])} and the key rows {@code [keyOffsets[s], keyOffsets[s+1])}; its query i stands
 * at position {@code starts[s] + i} among its keys and sees the keys that the mask of its head lets
 * it see.
 *
 * @param queryOffsets [batch + 1]
 * @param keyOffsets [batch + 1]
 * @param starts [batch], position of each sequence's first query
 * @param split of the rows into heads
 * @param masks which keys each head sees
 * @param dropout on the attention weights
 */
@SuppressWarnings("ArrayRecordComponent")
public record AttentionShape(
        int[] queryOffsets,
        int[] keyOffsets,
        int[] starts,
        AttentionHeads split,
        HeadMasks masks,
        AttentionDropout dropout) {

    public AttentionShape {
        int batch = queryOffsets.length - 1;
        if (batch < 0 || keyOffsets.length != batch + 1 || starts.length != batch) {
            throw new IllegalArgumentException(
                    "attention: %d sequences of queries, %d of keys, %d starts: one of each"
                            .formatted(batch, keyOffsets.length - 1, starts.length));
        }
        masks.require(split.heads(), split.keyHeads());
    }

    /** Without dropout. */
    public AttentionShape(
            int[] queryOffsets,
            int[] keyOffsets,
            int[] starts,
            AttentionHeads split,
            HeadMasks masks) {
        this(queryOffsets, keyOffsets, starts, split, masks, AttentionDropout.NONE);
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

    /** The mask of a query head. */
    public Mask mask(int head) {
        return masks.of(head, heads());
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
