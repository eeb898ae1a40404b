package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of small matrices, and of large ones, whose radius is computed in another way. */
class SpectralRadiusTest {

    /** Blocks of 2 x 2 on the diagonal, each a rotation times a length up to the radius. */
    private static Tensor rotations(int n, double radius) {
        float[] values = new float[n * n];
        for (int i = 0; i + 1 < n; i += 2) {
            double length = radius * (i + 2) / n;
            values[i * n + i] = (float) (length * Math.cos(i + 1));
            values[i * n + i + 1] = (float) (-length * Math.sin(i + 1));
            values[(i + 1) * n + i] = (float) (length * Math.sin(i + 1));
            values[(i + 1) * n + i + 1] = (float) (length * Math.cos(i + 1));
        }
        return Tensor.of(values, n, n);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 64, 66, 130})
    void the_radius_of_scaled_rotations_is_the_largest_scale(int n) {
        for (double radius : new double[] {0.1, 1, 1.7}) {
            assertThat(SpectralRadius.of(rotations(n, radius)))
                    .isCloseTo(radius, within(0.01 * radius));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void a_matrix_whose_powers_end_in_zero_has_radius_0(int n) {
        float[] values = new float[n * n];
        for (int i = 0; i + 1 < n; i++) {
            values[i * n + i + 1] = 1;
        }
        assertThat(SpectralRadius.of(Tensor.of(values, n, n))).isZero();
    }

    @Test
    void evenly_drawn_numbers_have_the_radius_of_the_circular_law() {
        int n = 200;
        Tensor matrix = Numbers.between(-1, 1, 3, n, n);
        assertThat(SpectralRadius.of(matrix)).isCloseTo(Math.sqrt(n / 3.0), within(1.0));
    }

    @Test
    void a_matrix_that_is_not_square_is_refused() {
        assertThatThrownBy(() -> SpectralRadius.of(Tensor.zeros(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("square");
    }
}
