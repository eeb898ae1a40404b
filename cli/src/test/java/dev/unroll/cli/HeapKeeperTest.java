package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final long MB = 1_000_000;

    @Test
    void a_heap_is_large_when_it_holds_half_as_much_again_as_was_live() {
        assertThat(HeapKeeper.isLarge(1_500 * MB, 1_000 * MB)).isFalse();
        assertThat(HeapKeeper.isLarge(1_600 * MB, 1_000 * MB)).isTrue();
    }

    @Test
    void the_heap_of_a_small_training_is_never_large() {
        assertThat(HeapKeeper.isLarge(150 * MB, 0)).isFalse();
    }
}
