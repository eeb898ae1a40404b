package dev.unroll.backend;

/**
 * The split of rows of queries, keys and values into heads of linear attention.
 *
 * @param heads query heads
 * @param keyHeads key and value heads; divides heads (grouped queries, Ainslie et al. 2023)
 * @param width of one head of queries and keys
 * @param valueWidth of one head of values
 * @param normalised whether a result is divided by the sum of its weights; queries and keys are
 *     then not negative
 */
public record LinearAttentionHeads(
        int heads, int keyHeads, int width, int valueWidth, boolean normalised) {
    public LinearAttentionHeads {
        if (keyHeads < 1 || heads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "linear attention: %d heads cannot share %d key heads: they come in equal groups"
                            .formatted(heads, keyHeads));
        }
        if (width < 1 || valueWidth < 1) {
            throw new IllegalArgumentException(
                    "linear attention: heads of width %d and value width %d: at least 1"
                            .formatted(width, valueWidth));
        }
    }

    /** Query heads that share a key head. */
    public int group() {
        return heads / keyHeads;
    }

    /** Numbers in the state of one head: Σ k·vᵀ and Σ k. */
    public int state() {
        return Math.multiplyExact(width, valueWidth + 1);
    }

    /** Numbers in the states of all heads. */
    public int states() {
        return Math.multiplyExact(heads, state());
    }
}
