package dev.unroll.tensor;

import java.util.Arrays;

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

    /**
     * Sequences of float arrays, without derivative.
     *
     * @param series each [its length][width], all of the same width; a length may be 0
     * @throws IllegalArgumentException if there is no row at all, or if a row is of another width;
     *     the message names the series and the row
     */
    public static Sequences of(float[][]... series) {
        int[] lengths = Arrays.stream(series).mapToInt(s -> s.length).toArray();
        Layout layout = Layout.of(lengths);
        int width =
                Arrays.stream(series)
                        .filter(s -> s.length > 0)
                        .findFirst()
                        .map(s -> s[0].length)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "sequences need a row at least, to have a width"));
        float[] rows = new float[layout.tokens() * width];
        int at = 0;
        for (int s = 0; s < lengths.length; s++) {
            for (int t = 0; t < lengths[s]; t++) {
                float[] row = series[s][t];
                if (row.length != width) {
                    throw new IllegalArgumentException(
                            "row %d of series %d has %d numbers, and the first row has %d"
                                    .formatted(t, s, row.length, width));
                }
                System.arraycopy(row, 0, rows, at, width);
                at += width;
            }
        }
        return new Sequences(Tensor.of(rows, layout.tokens(), width), layout);
    }

    /** These sequences with other rows. */
    public Sequences with(Tensor other) {
        return new Sequences(other, layout);
    }

    /** Numbers in a row. */
    public int width() {
        return rows.dim(1);
    }
}
