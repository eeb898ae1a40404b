package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotaryTest {
    private static final int[] POSITIONS = {0, 1, 5, 2};

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "4, true", "4, false", "6, true", "6, false", "0, true"})
    void is_the_formula_and_its_derivative_is_its_slope(int rotated, boolean interleaved) {
        Tensor x = Numbers.of(1, 4, 2 * 6);
        Tensor y = Rotary.rotate(x, POSITIONS, 2, rotated, 100, interleaved);
        float[] expected = x.toArray();
        for (int i = 0; i < 4; i++) {
            for (int h = 0; h < 2; h++) {
                for (int p = 0; p < rotated / 2; p++) {
                    double angle = POSITIONS[i] / Math.pow(100, 2.0 * p / rotated);
                    int at = i * 12 + h * 6;
                    int first = at + (interleaved ? 2 * p : p);
                    int second = at + (interleaved ? 2 * p + 1 : p + rotated / 2);
                    double a = expected[first];
                    double b = expected[second];
                    expected[first] = (float) (a * Math.cos(angle) - b * Math.sin(angle));
                    expected[second] = (float) (a * Math.sin(angle) + b * Math.cos(angle));
                }
            }
        }
        Numbers.assertClose(y.toArray(), expected, 1e-6);
        NumericGradient.check(
                xs -> Rotary.rotate(xs[0], POSITIONS, 2, rotated, 100, interleaved), x);
        NumericGradient.check(
                xs -> Rotary.rotate(xs[0].transpose(), POSITIONS, 2, rotated, 100, interleaved),
                Numbers.of(2, 12, 4));
    }

    @Test
    void products_depend_only_on_the_distance() {
        Tensor q = Numbers.of(1, 1, 8);
        Tensor k = Numbers.of(2, 1, 8);
        Tensor near = turned(q, 3).times(turned(k, 1)).sum();
        Tensor far = turned(q, 1003).times(turned(k, 1001)).sum();
        Numbers.assertClose(far, near, 1e-4);
    }

    private static Tensor turned(Tensor x, int position) {
        return Rotary.rotate(x, new int[] {position}, 1, 8, 10_000, true);
    }

    @Test
    void what_cannot_be_turned_is_named() {
        Tensor x = Tensor.zeros(2, 12);
        assertThatThrownBy(() -> Rotary.rotate(x, new int[3], 2, 6, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rotate: [2, 12] with 3 positions, 2 heads, 6 elements rotated");
        assertThatThrownBy(() -> Rotary.rotate(x, new int[2], 2, 3, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 elements rotated");
        assertThatThrownBy(() -> Rotary.rotate(x, new int[2], 2, 8, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 elements rotated");
        assertThatThrownBy(() -> Rotary.rotate(x, new int[2], 5, 2, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 heads");
        assertThatThrownBy(() -> Rotary.rotate(x, new int[2], 0, 2, 100, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 heads");
    }
}
