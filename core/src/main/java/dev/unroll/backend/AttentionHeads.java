package dev.unroll.backend;

/**
 * The split of rows of queries, keys and values into heads.
 *
 * @param heads query heads
 * @param keyHeads key and value heads; divides heads (grouped queries, Ainslie et al. 2023)
 * @param width of one head of queries and keys
 * @param valueWidth of one head of values
 * @param scale factor on the scores, usually 1/√width (Vaswani et al. 2017, eq. 1)
 */
public record AttentionHeads(int heads, int keyHeads, int width, int valueWidth, float scale) {
    public AttentionHeads {
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
    }

    /**
     * One of equal groups of heads.
     *
     * @param groups how many; divides the key heads, or is a multiple of them
     */
    public AttentionHeads group(int groups) {
        return new AttentionHeads(
                heads / groups, Math.max(1, keyHeads / groups), width, valueWidth, scale);
    }
}
