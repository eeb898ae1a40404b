package dev.unroll.nn.attention;

import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Refuses widths of attention that do not fit, and says which two and what would fit. */
final class AttentionWidths {
    private AttentionWidths() {}

    /** Refuses projections that do not fit each other or the heads. */
    static void check(
            Linear query, Linear key, Linear value, Linear output, int heads, int keyHeads) {
        if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    "%d query heads cannot share %d key heads evenly".formatted(heads, keyHeads));
        }
        String misfit = misfit(query, key, value, output, heads, keyHeads);
        if (misfit != null) {
            throw new IllegalArgumentException(
                    "attention: queries %s, keys %s, values %s, output %s do not fit %d and %d heads: %s"
                            .formatted(
                                    query.weight().shape(),
                                    key.weight().shape(),
                                    value.weight().shape(),
                                    output.weight().shape(),
                                    heads,
                                    keyHeads,
                                    misfit));
        }
    }

    private static @Nullable String misfit(
            Linear query, Linear key, Linear value, Linear output, int heads, int keyHeads) {
        if (query.out() % heads != 0) {
            return "%d numbers of queries cannot be shared by %d heads"
                    .formatted(query.out(), heads);
        }
        int d = query.out() / heads;
        if (key.out() != keyHeads * d) {
            return "a head's query has %d numbers and is multiplied by its key, so the key heads have %d in all, not %d"
                    .formatted(d, keyHeads * d, key.out());
        }
        if (key.in() != value.in()) {
            return "keys and values are made from the same rows, not from rows of %d and of %d numbers"
                    .formatted(key.in(), value.in());
        }
        if (value.out() % keyHeads != 0) {
            return "%d numbers of values cannot be shared by %d key heads"
                    .formatted(value.out(), keyHeads);
        }
        int side = heads * (value.out() / keyHeads);
        return output.in() == side
                ? null
                : "the values of all heads side by side are %d numbers, and the output reads %d"
                        .formatted(side, output.in());
    }

    /** Refuses rows that attend, if they do not have the width that queries are made from. */
    static void requireQueries(Tensor rows, Linear query) {
        require(rows, query, "rows that attend", "queries");
    }

    /** Refuses rows attended to, if they do not have the width that keys are made from. */
    static void requireMemory(Tensor rows, Linear key) {
        require(rows, key, "rows attended to", "keys and values");
    }

    private static void require(Tensor rows, Linear projection, String which, String made) {
        int width = rows.dim(-1);
        int needed = projection.in();
        if (width != needed) {
            throw new IllegalArgumentException(
                    "attention: the %s have %d numbers, and %s are made from rows of %d: build the attention for a width of %d, or project the rows first by a Linear from %d to %d"
                            .formatted(which, width, made, needed, width, width, needed));
        }
    }
}
