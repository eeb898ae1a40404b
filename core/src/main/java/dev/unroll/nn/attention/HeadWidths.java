package dev.unroll.nn.attention;

/**
 * The heads of a {@link MultiHeadAttention} and how wide each is. None of the widths depends on
 * those of the rows: projections lead from the rows to the heads, and back.
 *
 * @param heads of the queries
 * @param keyHeads of keys and values; divides heads
 * @param key numbers in a head's query and in its key, d; they are multiplied, so they are as many
 * @param value numbers in a head's value, dv
 */
public record HeadWidths(int heads, int keyHeads, int key, int value) {
    public HeadWidths {
        if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "%d query heads cannot share %d key heads evenly".formatted(heads, keyHeads));
        }
        if (key < 1 || value < 1) {
            throw new IllegalArgumentException(
                    "a head's key and value have at least 1 number, not %d and %d"
                            .formatted(key, value));
        }
    }

    /**
     * Heads that share a width evenly: each has width/heads numbers.
     *
     * @throws IllegalArgumentException if heads does not divide the width
     */
    public static HeadWidths sharing(int width, int heads, int keyHeads) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "a width of %d cannot be shared by %d heads".formatted(width, heads));
        }
        return new HeadWidths(heads, keyHeads, width / heads, width / heads);
    }
}
