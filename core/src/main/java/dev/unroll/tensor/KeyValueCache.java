package dev.unroll.tensor;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.Backends;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.QueryKeyValue;
import dev.unroll.backend.View;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values that one attention layer has computed so far, a row for each token. Rows are
 * appended and never changed, so that hypotheses of a search share the rows of their common
 * beginning; lists of row numbers say which of them each query sees. Memory grows by doubling, so
 * that a row is copied about once, and shrinks when rows are dropped. There are no derivatives.
 */
public final class KeyValueCache {
    private Tensor keys; // [capacity, keyHeads·width]
    private Tensor values; // [capacity, keyHeads·valueWidth]
    private int rows;

    /**
     * @param keyWidth numbers in a row of keys
     * @param valueWidth numbers in a row of values
     * @param capacity rows there is room for at first
     */
    public KeyValueCache(int keyWidth, int valueWidth, int capacity) {
        int room = Math.max(1, capacity);
        keys = Tensor.allocate(Shape.of(room, keyWidth));
        values = Tensor.allocate(Shape.of(room, valueWidth));
    }

    /** Number of tokens so far. */
    public int rows() {
        return rows;
    }

    /** The tensors that must outlive the computation of a step. */
    public List<Tensor> memory() {
        return List.of(keys, values);
    }

    /**
     * Appends the keys and values of more tokens.
     *
     * @param moreKeys [tokens, keyHeads·width]
     * @param moreValues [tokens, keyHeads·valueWidth]
     */
    public void append(Tensor moreKeys, Tensor moreValues) {
        check(moreKeys.shape(), moreValues.shape());
        int more = moreKeys.dim(0);
        Views.copy(moreKeys.view(), room(more, true));
        Views.copy(moreValues.view(), room(more, false));
        rows += more;
    }

    /**
     * Appends the keys x·Wk + bk and the values x·Wv + bv of more tokens, computed where the cache
     * holds them.
     *
     * @param x [tokens, width]
     * @param rotation of the keys, a view of them; gives its argument where there is none
     */
    public void append(
            Tensor x,
            Parameter keyWeight,
            @Nullable Parameter keyBias,
            Parameter valueWeight,
            @Nullable Parameter valueBias,
            UnaryOperator<Tensor> rotation) {
        int more = x.dim(0);
        check(Shape.of(more, keyWeight.shape().dim(1)), Shape.of(more, valueWeight.shape().dim(1)));
        Tensor k = new Tensor(room(more, true), null, false);
        MatMul.linear(x, keyWeight, keyBias, k.view());
        Tensor rotated = rotation.apply(k);
        if (!rotated.equals(k)) {
            Views.copy(rotated.view(), k.view());
        }
        MatMul.linear(x, valueWeight, valueBias, room(more, false));
        rows += more;
    }

    private void check(Shape moreKeys, Shape moreValues) {
        if (moreValues.dim(0) != moreKeys.dim(0)
                || moreKeys.dim(1) != keys.dim(1)
                || moreValues.dim(1) != values.dim(1)) {
            throw new IllegalArgumentException(
                    "cache: keys %s and values %s for rows of %d and %d numbers"
                            .formatted(moreKeys, moreValues, keys.dim(1), values.dim(1)));
        }
    }

    /** Room for more keys, or for more values, behind those so far. */
    private View room(int more, boolean ofKeys) {
        int needed = Math.addExact(rows, more);
        if (needed > keys.dim(0)) {
            int capacity = Math.max(needed, 2 * keys.dim(0));
            keys = wider(keys, capacity);
            values = wider(values, capacity);
        }
        return (ofKeys ? keys : values).view().rows(rows, more);
    }

    /**
     * Drops all rows but some, which move together.
     *
     * @param kept numbers of the rows, rising
     */
    public void keep(int[] kept) {
        keys = picked(keys, kept);
        values = picked(values, kept);
        rows = kept.length;
    }

    private static Tensor picked(Tensor memory, int[] kept) {
        Tensor fewer = Tensor.allocate(Shape.of(2 * kept.length + 1, memory.dim(1)));
        for (int to = 0, count; to < kept.length; to += count) {
            count = 1;
            while (to + count < kept.length && kept[to + count] == kept[to] + count) {
                count++;
            }
            Views.copy(memory.view().rows(kept[to], count), fewer.view().rows(to, count));
        }
        return fewer;
    }

    private Tensor wider(Tensor memory, int room) {
        Tensor wider = Tensor.allocate(Shape.of(room, memory.dim(1)));
        Views.copy(soFar(memory), wider.view().rows(0, rows));
        return wider;
    }

    private View soFar(Tensor memory) {
        return memory.view().rows(0, rows);
    }

    /**
     * Scaled dot-product attention of single queries, each to the rows that its list names: the
     * counterpart of {@link ScaledDotProduct} for one token further. A query whose list is empty
     * gives zeros.
     *
     * @param q [queries, heads·width]
     * @param seen a list of rows for each query, for each of equal groups of heads: one for all
     *     heads, or several where heads have different masks
     * @return [queries, heads·valueWidth]
     */
    public Tensor attend(Tensor q, List<CacheIndex> seen, AttentionHeads heads) {
        check(q, heads);
        Tensor y = Tensor.allocate(Shape.of(q.dim(0), heads.heads() * heads.valueWidth()));
        View queries = Views.inWholeRows(q).view();
        int count = heads.heads() / seen.size();
        AttentionHeads group = heads.group(seen.size());
        for (int g = 0; g < seen.size(); g++) {
            check(q, seen.get(g), heads);
            int from = g * count;
            int keyFrom = from * heads.keyHeads() / heads.heads();
            QueryKeyValue x =
                    new QueryKeyValue(
                            heads(queries, from, count, heads.width()),
                            heads(soFar(keys), keyFrom, group.keyHeads(), heads.width()),
                            heads(soFar(values), keyFrom, group.keyHeads(), heads.valueWidth()));
            View part = heads(y.view(), from, count, heads.valueWidth());
            Backends.current().inference().attend(seen.get(g), group, x, part);
        }
        return y;
    }

    private static View heads(View rows, int from, int count, int width) {
        return rows.columns(from * width, count * width);
    }

    private void check(Tensor q, AttentionHeads heads) {
        boolean fits =
                q.rank() == 2
                        && q.dim(1) == heads.heads() * heads.width()
                        && keys.dim(1) == heads.keyHeads() * heads.width()
                        && values.dim(1) == heads.keyHeads() * heads.valueWidth();
        if (!fits) {
            throw new IllegalArgumentException(
                    "attention: q %s, keys of %d and values of %d numbers do not fit %s"
                            .formatted(q.shape(), keys.dim(1), values.dim(1), heads));
        }
    }

    private void check(Tensor q, CacheIndex seen, AttentionHeads heads) {
        if (q.dim(0) != seen.queries()) {
            throw new IllegalArgumentException(
                    "attention: q %s does not fit %d lists of rows and %s"
                            .formatted(q.shape(), seen.queries(), heads));
        }
        for (int row : seen.rows()) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException(
                        "attention: there is no key %d among %d".formatted(row, rows));
            }
        }
    }
}
