package dev.unroll.tensor;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.Backends;
import dev.unroll.backend.KeyLists;

/**
 * Attention of single queries, each with a list of keys of its own: what {@link ScaledDotProduct}
 * is for whole sequences, for one token further, without a derivative.
 */
public final class ListedAttention {
    private ListedAttention() {}

    /**
     * @param q [queries, heads·width]
     * @param keys of [any, keyHeads·width]
     * @param values of [any, keyHeads·valueWidth], as many
     * @return [queries, heads·valueWidth]
     */
    public static Tensor attend(
            Tensor q, RowStore keys, RowStore values, KeyLists lists, AttentionHeads heads) {
        check(q, keys, values, lists, heads);
        Tensor y = Tensor.allocate(Shape.of(q.dim(0), heads.heads() * heads.valueWidth()));
        Backends.current()
                .inference()
                .attend(
                        lists,
                        heads,
                        Views.contiguousView(q),
                        keys.view(),
                        values.view(),
                        y.view());
        return y;
    }

    private static void check(
            Tensor q, RowStore keys, RowStore values, KeyLists lists, AttentionHeads heads) {
        boolean fits =
                q.shape().equals(Shape.of(lists.queries(), heads.heads() * heads.width()))
                        && keys.width() == heads.keyHeads() * heads.width()
                        && values.width() == heads.keyHeads() * heads.valueWidth()
                        && keys.rows() == values.rows();
        if (!fits) {
            throw new IllegalArgumentException(
                    "attention: q %s, %d keys of %d, %d values of %d do not fit %d lists and %s"
                            .formatted(
                                    q.shape(),
                                    keys.rows(),
                                    keys.width(),
                                    values.rows(),
                                    values.width(),
                                    lists.queries(),
                                    heads));
        }
        for (int row : lists.rows()) {
            if (row < 0 || row >= keys.rows()) {
                throw new IllegalArgumentException(
                        "attention: there is no key %d among %d".formatted(row, keys.rows()));
            }
        }
    }
}
