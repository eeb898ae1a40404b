package dev.unroll.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MaskTest {
    private static final int LENGTH = 45;

    static Stream<Mask> masks() {
        List<Mask> simple =
                List.of(
                        Masks.NONE,
                        Masks.CAUSAL,
                        Masks.window(0, 0),
                        Masks.window(7, 2),
                        Masks.window(0, Mask.NO_LIMIT),
                        Masks.dilated(3, 1, 4),
                        Masks.dilated(2, 0, 30),
                        Masks.dilated(Mask.NO_LIMIT, 0, 5),
                        Masks.strided(1),
                        Masks.strided(7),
                        Masks.strided(100),
                        Masks.blocks(1),
                        Masks.blocks(8),
                        Masks.blocks(1000),
                        Masks.globalTokens(),
                        Masks.globalTokens(0),
                        Masks.globalTokens(30, 3),
                        Masks.randomBlocks(4, 0, 1),
                        Masks.randomBlocks(4, 2, 1),
                        Masks.randomBlocks(1, 1, 2));
        List<Mask> all = new ArrayList<>(simple);
        List<Mask> parts =
                List.of(
                        Masks.CAUSAL,
                        Masks.window(7, 2),
                        Masks.dilated(3, 1, 4),
                        Masks.strided(7),
                        Masks.blocks(8),
                        Masks.globalTokens(30, 3),
                        Masks.randomBlocks(4, 2, 1));
        for (Mask a : parts) {
            for (Mask b : parts) {
                all.add(a.and(b));
                all.add(a.or(b));
                all.add(Masks.CAUSAL.and(a.or(b)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("masks")
    void no_key_that_is_seen_is_passed_over(Mask mask) {
        for (int keys : new int[] {0, 1, 33, LENGTH}) {
            for (int first : new int[] {0, 1, 7, 32}) {
                for (int count : new int[] {1, 3, 13}) {
                    for (int from = 0; from <= keys; from++) {
                        int next = mask.next(first, first + count - 1, from, keys);
                        assertThat(next).isBetween(from, keys);
                        for (int key = from; key < next; key++) {
                            assertThat(seenByAny(mask, first, count, key)).isFalse();
                        }
                    }
                }
            }
        }
    }

    private static boolean seenByAny(Mask mask, int first, int count, int key) {
        return IntStream.range(first, first + count).anyMatch(query -> mask.sees(query, key));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void the_bits_of_the_queries_say_which_of_them_see_each_key(Mask mask) {
        for (int first : new int[] {0, 5, 31}) {
            for (int count : new int[] {0, 1, 9, 32, 64}) {
                for (int from : new int[] {0, 3, LENGTH}) {
                    long[] all = mask.seenBy(first, count, from, LENGTH);
                    assertThat(all).hasSize(LENGTH - from);
                    for (int key = from; key < LENGTH; key++) {
                        for (int i = 0; i < 64; i++) {
                            boolean seen = i < count && mask.sees(first + i, key);
                            assertThat((all[key - from] >>> i & 1) == 1).isEqualTo(seen);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("masks")
    void no_query_after_the_last_sees_a_key(Mask mask) {
        for (int key = 0; key < LENGTH; key++) {
            for (int query = 0; query < 3 * LENGTH; query++) {
                if (mask.sees(query, key)) {
                    assertThat(mask.lastQuery(key)).isGreaterThanOrEqualTo(query);
                }
            }
        }
    }

    @Test
    void a_window_forgets_a_key_once_it_is_out_of_sight_and_keeps_the_global_tokens() {
        Mask mask = Masks.CAUSAL.and(Masks.window(4, 0).or(Masks.globalTokens(1)));
        assertThat(mask.lastQuery(1)).isEqualTo(Mask.NO_LIMIT);
        assertThat(mask.lastQuery(20)).isEqualTo(24);
        assertThat(Masks.dilated(3, 0, 5).lastQuery(10)).isEqualTo(25);
        assertThat(Masks.blocks(8).lastQuery(10)).isEqualTo(15);
    }

    @Test
    void and_sees_what_both_see_and_or_what_one_sees() {
        Mask a = Masks.window(3, 1);
        Mask b = Masks.strided(4);
        for (int query = 0; query < LENGTH; query++) {
            for (int key = 0; key < LENGTH; key++) {
                boolean ofA = key >= query - 3 && key <= query + 1;
                boolean ofB = Math.abs(query - key) % 4 == 0;
                assertThat(a.and(b).sees(query, key)).isEqualTo(ofA && ofB);
                assertThat(a.or(b).sees(query, key)).isEqualTo(ofA || ofB);
            }
        }
    }

    /** Child et al. 2019, section 4.2: two hops reach every pair. */
    @Test
    void the_two_patterns_of_strided_attention_reach_every_earlier_key_in_two_hops() {
        int stride = 6;
        Mask local = Masks.window(stride - 1, 0);
        Mask far = Masks.CAUSAL.and(Masks.strided(stride));
        for (int query = 0; query < LENGTH; query++) {
            for (int key = 0; key < LENGTH; key++) {
                boolean reached = false;
                for (int middle = 0; middle < LENGTH; middle++) {
                    reached |= far.sees(query, middle) && local.sees(middle, key);
                }
                assertThat(reached).as("%d to %d", query, key).isEqualTo(key <= query);
            }
        }
    }

    @Test
    void random_blocks_depend_on_the_seed_and_join_each_block_with_as_many_as_are_drawn_at_most() {
        Mask one = Masks.randomBlocks(4, 2, 1);
        assertThat(one).isEqualTo(Masks.randomBlocks(4, 2, 1));
        int different = 0;
        for (int query = 0; query < 400; query += 4) {
            int earlier = 0;
            for (int key = 0; key <= query; key += 4) {
                assertThat(one.sees(query, key)).isEqualTo(one.sees(key, query));
                assertThat(one.sees(query, key)).isEqualTo(one.sees(query + 3, key + 1));
                earlier += one.sees(query, key) ? 1 : 0;
                boolean other = Masks.randomBlocks(4, 2, 2).sees(query, key);
                different += one.sees(query, key) == other ? 0 : 1;
            }
            assertThat(earlier).isBetween(1, 2);
        }
        assertThat(different).isGreaterThan(50);
    }

    @Test
    void several_masks_are_shared_by_equal_groups_of_heads_in_order() {
        HeadMasks masks = new HeadMasks(List.of(Masks.CAUSAL, Masks.NONE));
        assertThat(IntStream.range(0, 4).mapToObj(h -> masks.of(h, 4)))
                .containsExactly(Masks.CAUSAL, Masks.CAUSAL, Masks.NONE, Masks.NONE);
        masks.require(4, 4);
        masks.require(4, 1);
        assertThatThrownBy(() -> masks.require(3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 masks for 3 heads");
        assertThatThrownBy(() -> masks.require(6, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key heads");
        assertThatThrownBy(() -> new HeadMasks(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one mask");
    }

    @Test
    void masks_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> Masks.window(0, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Masks.dilated(1, 1, 0)).hasMessageContaining("step");
        assertThatThrownBy(() -> Masks.strided(0)).hasMessageContaining("step");
        assertThatThrownBy(() -> Masks.blocks(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Masks.globalTokens(-2)).hasMessageContaining("-2");
        assertThatThrownBy(() -> Masks.randomBlocks(0, 1, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Masks.randomBlocks(2, -1, 1)).hasMessageContaining("-1");
    }
}
