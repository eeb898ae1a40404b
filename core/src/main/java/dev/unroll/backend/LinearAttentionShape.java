package dev.unroll.backend;

/**
 * A batch for linear attention: sequences that each attend to themselves, laid end to end, and the
 * split of their rows into heads.
 *
 * @param offsets [batch + 1]: sequence s has the rows {@code [offsets[s], offsets[s + 1])}
 * @param heads how the rows are split
 * @param causal whether a query sees its own key and those before it; else it sees all keys of its
 *     sequence
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record LinearAttentionShape(int[] offsets, LinearAttentionHeads heads, boolean causal) {
    public LinearAttentionShape {
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException(
                    "linear attention: the offsets of the sequences begin with 0");
        }
    }

    /** Number of sequences. */
    public int batch() {
        return offsets.length - 1;
    }

    /** Rows of all sequences together. */
    public int tokens() {
        return offsets[batch()];
    }

    /** Rows of sequence s. */
    public int length(int s) {
        return offsets[s + 1] - offsets[s];
    }
}
