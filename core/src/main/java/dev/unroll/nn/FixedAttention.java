package dev.unroll.nn;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.FixedLinear;
import dev.unroll.tensor.ListedAttention;
import dev.unroll.tensor.RowStore;
import dev.unroll.tensor.Tensor;

/**
 * Multi-head attention for decoding: {@link MultiHeadAttention} of one token a row, its weights
 * laid out for that.
 */
record FixedAttention(
        FixedLinear query,
        FixedLinear key,
        FixedLinear value,
        FixedLinear output,
        AttentionHeads heads,
        Positions positions) {

    /**
     * Keys and values that were made, row beside row.
     *
     * @param keys of keyHeads·d numbers
     * @param values of keyHeads·dv numbers
     */
    record Seen(RowStore keys, RowStore values) {}

    static FixedAttention of(MultiHeadAttention a) {
        int d = a.query().out() / a.heads();
        return new FixedAttention(
                a.query().fixed(),
                a.key().fixed(),
                a.value().fixed(),
                a.output().fixed(),
                new AttentionHeads(
                        a.heads(),
                        a.keyHeads(),
                        d,
                        a.value().out() / a.keyHeads(),
                        (float) (1 / Math.sqrt(d))),
                a.positions());
    }

    /** Nothing seen yet. */
    Seen nothing(int capacity) {
        return new Seen(new RowStore(key.out(), capacity), new RowStore(value.out(), capacity));
    }

    /** Adds keys and values of y [rows, width] at these positions [rows]. */
    void see(Tensor y, int[] at, Seen seen) {
        if (positions.turns()) {
            seen.keys().append(positions.turn(key.forward(y), at, heads.keyHeads()));
        } else {
            seen.keys().append(y, key);
        }
        seen.values().append(y, value);
    }

    /** x [rows, width] at these positions [rows] looks at what its lists name. */
    Tensor attend(Tensor x, int[] at, Seen seen, KeyLists lists) {
        Tensor q = positions.turn(query.forward(x), at, heads.heads()); // [rows, heads·d]
        return output.forward(ListedAttention.attend(q, seen.keys(), seen.values(), lists, heads));
    }
}
