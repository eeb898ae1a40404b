package dev.unroll.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
    /** Which never come back. */
    private final ArrayBuffer weights = ArrayBuffer.of(new float[500_000]);

    @Test
    void an_array_that_was_given_back_is_taken_again() {
        Pool pool = new Pool(0);
        float[] array = pool.take(1000);
        pool.give(array, 1000);
        assertThat(pool.take(1000)).isSameAs(array);
        assertThat(pool.take(1000)).isNotSameAs(array);
    }

    @Test
    void slightly_different_sizes_share_an_array() {
        Pool pool = new Pool(0);
        float[] array = pool.take(1000);
        pool.give(array, 1000);
        assertThat(pool.take(990)).isSameAs(array);
    }

    @Test
    void bytes_in_use_waiting_and_most_at_once_are_counted() {
        Pool pool = new Pool(0);
        float[] a = pool.take(64);
        float[] b = pool.take(32);
        assertThat(pool.liveBytes()).isEqualTo(4 * 96);
        assertThat(pool.idleBytes()).isZero();
        pool.give(a, 64);
        assertThat(pool.liveBytes()).isEqualTo(4 * 32);
        assertThat(pool.idleBytes()).isEqualTo(4 * 64);
        assertThat(pool.peakBytes()).isEqualTo(4 * 96);
        pool.resetPeak();
        assertThat(pool.peakBytes()).isEqualTo(4 * 32);
        assertThat(pool.take(64)).isSameAs(a);
        assertThat(pool.idleBytes()).isZero();
        assertThat(pool.peakBytes()).isEqualTo(4 * 96);
        pool.give(a, 64);
        pool.give(b, 32);
        assertThat(pool.liveBytes()).isZero();
    }

    @Test
    void what_waits_can_be_let_go() {
        Pool pool = new Pool(0);
        float[] array = pool.take(1000);
        pool.give(array, 1000);
        pool.trim();
        assertThat(pool.idleBytes()).isZero();
        assertThat(pool.take(1000)).isNotSameAs(array);
    }

    @Test
    void an_empty_array_is_no_matter() {
        Pool pool = new Pool(0);
        float[] none = pool.take(0);
        assertThat(none).isEmpty();
        pool.give(none, 0);
        assertThat(pool.idleBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_more_is_held_than_a_quarter_more_than_was_needed_at_once(long seed) {
        Random random = new Random(seed);
        Pool pool = new Pool(0);
        pool.outside(weights, weights.size());
        long outside = 4L * weights.size();
        for (int step = 0; step < 100; step++) {
            List<float[]> arrays = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            int count = 10 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                int size = 100 + random.nextInt(50_000);
                sizes.add(size);
                arrays.add(pool.take(size));
                long held = outside + arrays.stream().mapToLong(array -> 4L * array.length).sum();
                assertThat(held + pool.idleBytes())
                        .as("each serves for at least a quarter of its numbers")
                        .isLessThanOrEqualTo(4 * pool.peakBytes());
                if (pool.idleBytes() > 0) {
                    assertThat(held + pool.idleBytes())
                            .isLessThanOrEqualTo(pool.peakBytes() * 5 / 4);
                }
            }
            for (int i = 0; i < count; i++) {
                pool.give(arrays.get(i), sizes.get(i));
            }
            assertThat(pool.liveBytes()).isEqualTo(outside);
        }
    }

    @Test
    void computations_that_differ_a_little_soon_need_no_new_arrays() {
        Pool pool = new Pool(0);
        Random random = new Random(7);
        Set<float[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        int before = 0;
        for (int step = 0; step < 200; step++) {
            double scale = 0.6 + 0.4 * random.nextDouble();
            List<float[]> arrays = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int size = (int) (scale * 1_000 * (1 + i * i));
                sizes.add(size);
                arrays.add(pool.take(size));
            }
            seen.addAll(arrays);
            for (int i = 0; i < 30; i++) {
                pool.give(arrays.get(i), sizes.get(i));
            }
            if (step == 99) {
                before = seen.size();
            }
        }
        assertThat(seen.size() - before).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rounding_up_wastes_at_most_an_eighth(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int size = random.nextInt(1 << (1 + random.nextInt(30)));
            int rounded = Pool.roundUp(size);
            assertThat(rounded).isBetween(size, size + Math.max(15, size / 8));
            assertThat(Pool.roundUp(rounded)).isEqualTo(rounded);
            assertThat(Pool.roundUp(size + 1)).isGreaterThanOrEqualTo(rounded);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 7, Integer.MAX_VALUE - 8, 2_000_000_000})
    void the_largest_sizes_are_not_cut(int size) {
        assertThat(Pool.roundUp(size)).isGreaterThanOrEqualTo(size);
    }
}
