package dev.unroll.tasks.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgMaxTest {

    @Test
    void is_the_place_of_the_largest() {
        double[] numbers = {-3, 7, 2, 8, -9};
        assertThat(ArgMax.of(numbers.length, i -> numbers[i])).isEqualTo(3);
    }

    @Test
    void is_the_first_of_equals() {
        double[] numbers = {1, 4, 4, 0, 4};
        assertThat(ArgMax.of(numbers.length, i -> numbers[i])).isEqualTo(1);
    }
}
