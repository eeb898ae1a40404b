package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final long MB = 1_000_000;

    @Test
    void a_heap_is_large_when_it_holds_a_third_more_than_was_live_and_young_objects() {
        assertThat(HeapKeeper.isLarge(1_440 * MB, 1_000 * MB, 0)).isFalse();
        assertThat(HeapKeeper.isLarge(1_500 * MB, 1_000 * MB, 0)).isTrue();
    }

    @Test
    void what_the_data_take_is_no_garbage() {
        assertThat(HeapKeeper.isLarge(1_500 * MB, 1_000 * MB, 100 * MB)).isFalse();
    }

    @Test
    void the_heap_of_a_small_training_is_never_large() {
        assertThat(HeapKeeper.isLarge(100 * MB, 0, 0)).isFalse();
    }
}
