package dev.unroll.tensor;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.Backends;
import dev.unroll.backend.CacheIndex;
import dev.unroll.backend.View;
import java.util.List;

/**
 * The keys and values that one attention layer has computed so far, a row for each token. Rows are
 * appended and never changed or moved, so that hypotheses of a search share the rows of their
 * common beginning; lists of row numbers say which of them each query sees. Memory grows by
 * doubling, so that a row is copied about once. There are no derivatives.
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
        int more = moreKeys.dim(0);
        if (moreValues.dim(0) != more
                || moreKeys.dim(1) != keys.dim(1)
                || moreValues.dim(1) != values.dim(1)) {
            throw new IllegalArgumentException(
                    "cache: keys %s and values %s for rows of %d and %d numbers"
                            .formatted(
                                    moreKeys.shape(),
                                    moreValues.shape(),
                                    keys.dim(1),
                                    values.dim(1)));
        }
        int needed = Math.addExact(rows, more);
        if (needed > keys.dim(0)) {
            int room = Math.max(needed, 2 * keys.dim(0));
            keys = wider(keys, room);
            values = wider(values, room);
        }
        Views.copy(moreKeys.view(), keys.view().rows(rows, more));
        Views.copy(moreValues.view(), values.view().rows(rows, more));
        rows = needed;
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
     * @param seen a list of rows for each query
     * @return [queries, heads·valueWidth]
     */
    public Tensor attend(Tensor q, CacheIndex seen, AttentionHeads heads) {
        check(q, seen, heads);
        Tensor y = Tensor.allocate(Shape.of(q.dim(0), heads.heads() * heads.valueWidth()));
        Backends.current()
                .inference()
                .attend(
                        seen,
                        heads,
                        Views.inWholeRows(q).view(),
                        soFar(keys),
                        soFar(values),
                        y.view());
        return y;
    }

    private void check(Tensor q, CacheIndex seen, AttentionHeads heads) {
        boolean fits =
                q.shape().equals(Shape.of(seen.queries(), heads.heads() * heads.width()))
                        && keys.dim(1) == heads.keyHeads() * heads.width()
                        && values.dim(1) == heads.keyHeads() * heads.valueWidth();
        if (!fits) {
            throw new IllegalArgumentException(
                    "attention: q %s, keys of %d and values of %d numbers do not fit %d lists and %s"
                            .formatted(
                                    q.shape(), keys.dim(1), values.dim(1), seen.queries(), heads));
        }
        for (int row : seen.rows()) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException(
                        "attention: there is no key %d among %d".formatted(row, rows));
            }
        }
    }
}
