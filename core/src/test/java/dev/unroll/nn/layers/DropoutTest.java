package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final int N = 100_000;
    private static final Tensor ONES = Tensor.full(1, N);

    private static float[] mask(Dropout dropout, long seed, long step) {
        return dropout.forward(ONES, new Mode.Training(seed, step)).toArray();
    }

    private static Dropout at(String place) {
        return Dropout.of(0.25, new Seed(1).at(place));
    }

    @Test
    void using_a_network_drops_nothing() {
        assertThat(at("here").forward(ONES, Mode.INFERENCE).toArray()).isEqualTo(ONES.toArray());
    }

    @Test
    void the_same_seed_and_step_drop_the_same() {
        assertThat(mask(at("here"), 2, 3)).isEqualTo(mask(at("here"), 2, 3));
    }

    @Test
    void another_seed_step_place_or_use_drops_independently() {
        float[] first = mask(at("here"), 2, 3);
        assertIndependent(first, mask(at("here"), 3, 3));
        assertIndependent(first, mask(at("here"), 2, 4));
        assertIndependent(first, mask(at("there"), 2, 3));
        assertIndependent(first, mask(at("here").at(1), 2, 3));
        assertIndependent(mask(at("here").at(0), 2, 3), mask(at("here").at(1), 2, 3));
        // neither swapping them nor moving on by one may repeat a mask
        assertIndependent(mask(at("here"), 2, 3), mask(at("here"), 3, 2));
    }

    /** Both zero in a sixteenth of the places, as chance has it. */
    private static void assertIndependent(float[] a, float[] b) {
        int both = 0;
        for (int i = 0; i < N; i++) {
            both += a[i] == 0 && b[i] == 0 ? 1 : 0;
        }
        double deviation = Math.sqrt(N * (1 / 16.0) * (15 / 16.0));
        assertThat((double) both).isCloseTo(N / 16.0, Offset.offset(5 * deviation));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    void so_many_are_dropped_and_the_rest_makes_up_for_it(double rate) {
        float[] mask = mask(Dropout.of(rate, new Seed(5)), 6, 7);
        int zeros = 0;
        double sum = 0;
        for (float m : mask) {
            zeros += m == 0 ? 1 : 0;
            sum += m;
            assertThat(m == 0 || Math.abs(m - 1 / (1 - rate)) < 1e-5 / (1 - rate)).isTrue();
        }
        double deviation = Math.sqrt(N * rate * (1 - rate));
        assertThat((double) zeros).isCloseTo(N * rate, Offset.offset(5 * deviation));
        assertThat(sum).isCloseTo(N, Offset.offset(5 * deviation / (1 - rate)));
    }

    @Test
    void a_rate_of_0_keeps_everything() {
        assertThat(mask(Dropout.of(0, new Seed(5)), 6, 7)).isEqualTo(ONES.toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void a_rate_is_a_share(double rate) {
        assertThatThrownBy(() -> Dropout.of(rate, new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
    }
}
