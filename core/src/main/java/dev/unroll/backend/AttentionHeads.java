package dev.unroll.backend;

/**
 * How rows of queries, keys and values are cut into heads.
 *
 * @param heads query heads
 * @param keyHeads key and value heads; divides heads
 * @param width of one head of queries and keys
 * @param valueWidth of one head of values
 * @param scale factor on the scores, usually 1/√width
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
}
