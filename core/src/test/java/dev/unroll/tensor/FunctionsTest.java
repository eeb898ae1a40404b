package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Unary;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionsTest {

    private static Tensor argument(Unary f, int... dims) {
        return switch (f) {
            case SQRT, LOG -> Numbers.between(0.5, 3, 7, dims);
            case RECIPROCAL -> Numbers.between(0.6, 2, 7, dims);
            case ABS, SIGN, RELU -> Numbers.awayFromZero(7, dims);
            case NEGATE, SQUARE, EXP, SIN, COS, TANH, SIGMOID, GELU, GELU_TANH, SILU ->
                    Numbers.between(-3, 3, 7, dims);
        };
    }

    @ParameterizedTest
    @EnumSource
    void its_derivative_is_its_slope(Unary f) {
        NumericGradient.check(xs -> Functions.apply(f, xs[0]), argument(f, 3, 11));
        NumericGradient.check(xs -> Functions.apply(f, xs[0]), argument(f));
        NumericGradient.check(xs -> Functions.apply(f, xs[0]), argument(f, 0, 4));
    }

    @ParameterizedTest
    @EnumSource
    void its_derivative_is_its_slope_for_inputs_that_do_not_lie_in_order(Unary f) {
        NumericGradient.check(
                xs -> Functions.apply(f, xs[0].transpose().slice(0, 1, 4)), argument(f, 3, 5));
    }

    /** From tables: Python's math module, and GELU as SciPy's normal distribution gives it. */
    @ParameterizedTest
    @CsvSource({
        "NEGATE, 1.5, -1.5",
        "ABS, -1.5, 1.5",
        "SIGN, -1.5, -1",
        "SIGN, 0, 0",
        "SQUARE, -1.5, 2.25",
        "SQRT, 2, 1.4142135623730951",
        "RECIPROCAL, 4, 0.25",
        "EXP, 1, 2.718281828459045",
        "EXP, -100, 3.720075976020836e-44",
        "LOG, 10, 2.302585092994046",
        "SIN, 1, 0.8414709848078965",
        "COS, 1, 0.5403023058681398",
        "TANH, 0.5, 0.46211715726000973",
        "TANH, 40, 1",
        "SIGMOID, 1, 0.7310585786300049",
        "SIGMOID, -100, 3.720075976020836e-44",
        "SIGMOID, 100, 1",
        "RELU, -2, 0",
        "RELU, 2, 2",
        "GELU, 1, 0.8413447460685429",
        "GELU, -1, -0.15865525393145707",
        "GELU, 0, 0",
        "GELU, -10, 0",
        "GELU, 10, 10",
        "GELU_TANH, 1, 0.8411919906082768",
        "GELU_TANH, -2, -0.04540230591222494",
        "SILU, 1, 0.7310585786300049",
        "SILU, -2, -0.2384058440442351",
    })
    void gives_known_values(Unary f, float x, double expected) {
        float y = Functions.apply(f, Tensor.scalar(x)).item();
        assertThat((double) y)
                .isCloseTo(expected, Offset.offset(2e-6 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void what_is_not_a_number_stays_so() {
        Tensor x = Tensor.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY}, 2);
        assertThat(x.exp().toArray()).containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
        assertThat(x.tanh().toArray()).containsExactly(Float.NaN, 1);
        assertThat(x.sigmoid().toArray()).containsExactly(Float.NaN, 1);
        assertThat(x.relu().toArray()).containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
    }
}
