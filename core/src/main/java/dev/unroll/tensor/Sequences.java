package dev.unroll.tensor;

/**
 * A batch of sequences laid end to end.
 *
 * @param rows [tokens, width]
 * @param layout which rows belong to which sequence
 */
public record Sequences(Tensor rows, Layout layout) {
    public Sequences {
        if (rows.rank() != 2 || rows.dim(0) != layout.tokens()) {
            throw new IllegalArgumentException(
                    "sequences of %d tokens need [%d, width], not %s"
                            .formatted(layout.tokens(), layout.tokens(), rows.shape()));
        }
    }

    /** The same sequences with other rows. */
    public Sequences with(Tensor other) {
        return new Sequences(other, layout);
    }

    /** Numbers in a row. */
    public int width() {
        return rows.dim(1);
    }
}
