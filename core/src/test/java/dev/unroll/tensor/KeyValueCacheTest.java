package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.AttentionHeads;
import dev.unroll.backend.AttentionShape;
import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.HeadMasks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and values that are appended are seen as if they had been there together. */
class KeyValueCacheTest {
    private static final AttentionHeads HEADS = new AttentionHeads(4, 2, 3, 5, 0.5f);

    private static KeyValueCache cache(int capacity) {
        return new KeyValueCache(6, 10, capacity);
    }

    @Test
    void rows_appended_one_by_one_beyond_the_first_room_are_attended_to_like_a_sequence() {
        Tensor k = Numbers.of(1, 9, 6);
        Tensor v = Numbers.of(2, 9, 10);
        Tensor q = Numbers.of(3, 2, 12);
        KeyValueCache cache = cache(1);
        for (int row = 0; row < 9; row++) {
            cache.append(k.slice(0, row, row + 1), v.slice(0, row, row + 1));
        }
        assertThat(cache.rows()).isEqualTo(9);
        Tensor y =
                cache.attend(
                        q,
                        List.of(
                                new CacheIndex(
                                        new int[] {0, 4, 9},
                                        new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8})),
                        HEADS);
        int[] queries = {0, 1, 2};
        int[] keys = {0, 4, 9};
        AttentionShape shape = new AttentionShape(queries, keys, new int[2], HEADS, HeadMasks.NONE);
        Numbers.assertClose(y, ScaledDotProduct.attend(q, k, v, shape), 1e-5);
    }

    @Test
    void rows_computed_in_the_cache_are_the_products_that_would_be_appended() {
        Tensor x = Numbers.of(1, 3, 4);
        Parameter wk = Parameter.of(Numbers.of(2, 4, 6).toArray(), 4, 6);
        Parameter bk = Parameter.of(Numbers.of(3, 6).toArray(), 6);
        Parameter wv = Parameter.of(Numbers.of(4, 4, 10).toArray(), 4, 10);
        KeyValueCache appended = cache(1);
        appended.append(x.linear(wk, bk).times(2), x.matmul(wv));
        KeyValueCache computed = cache(1);
        computed.append(x, wk, bk, wv, null, k -> k.times(2));
        KeyValueCache packed = cache(1);
        packed.append(x, wk.packed(), bk, wv.packed(), null, k -> k.times(2));
        List<CacheIndex> all = List.of(new CacheIndex(new int[] {0, 3}, new int[] {0, 1, 2}));
        Tensor q = Numbers.of(5, 1, 12);
        Numbers.assertClose(computed.attend(q, all, HEADS), appended.attend(q, all, HEADS), 1e-6);
        Numbers.assertClose(packed.attend(q, all, HEADS), appended.attend(q, all, HEADS), 1e-6);
    }

    @Test
    void a_query_that_sees_no_row_gives_zeros() {
        KeyValueCache cache = cache(4);
        Tensor y =
                cache.attend(
                        Numbers.of(1, 1, 12),
                        List.of(new CacheIndex(new int[2], new int[0])),
                        HEADS);
        assertThat(y.toArray()).containsOnly(0).hasSize(20);
    }

    @Test
    void rows_and_lists_that_do_not_fit_are_refused() {
        KeyValueCache cache = cache(4);
        assertThatThrownBy(() -> cache.append(Numbers.of(1, 2, 6), Numbers.of(2, 3, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 6]")
                .hasMessageContaining("[3, 10]");
        Parameter five = Parameter.full(1, 4, 5);
        Parameter ten = Parameter.full(1, 4, 10);
        assertThatThrownBy(() -> cache.append(Numbers.of(1, 2, 4), five, null, ten, null, k -> k))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 5]")
                .hasMessageContaining("rows of 6");
        cache.append(Numbers.of(1, 2, 6), Numbers.of(2, 2, 10));
        CacheIndex beyond = new CacheIndex(new int[] {0, 1}, new int[] {2});
        assertThatThrownBy(() -> cache.attend(Numbers.of(3, 1, 12), List.of(beyond), HEADS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no key 2 among 2");
        CacheIndex one = new CacheIndex(new int[] {0, 1}, new int[] {1});
        assertThatThrownBy(() -> cache.attend(Numbers.of(3, 1, 11), List.of(one), HEADS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 11]");
    }
}
