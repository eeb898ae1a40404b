package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.tensor.Functions.Clamp;
import dev.unroll.tensor.Functions.LeakyRelu;
import dev.unroll.tensor.Functions.Power;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

    /** Inputs away from poles and kinks. */
    private static Tensor argument(UnaryFunction f, int... dims) {
        return switch (f) {
            case Unary.SQRT, Unary.LOG -> Numbers.between(0.5, 3, 7, dims);
            case Power _ -> Numbers.between(0.5, 3, 7, dims);
            case Unary.RECIPROCAL -> Numbers.between(0.6, 2, 7, dims);
            case Unary.ABS, Unary.SIGN, Unary.RELU -> Numbers.awayFromZero(7, dims);
            case LeakyRelu _ -> Numbers.awayFromZero(7, dims);
            case Clamp(double low, double high) ->
                    Numbers.distinct(7, dims).plus((float) (low + high) / 2 + 0.125f);
            default -> Numbers.between(-3, 3, 7, dims);
        };
    }

    static Stream<UnaryFunction> functions() {
        return Stream.concat(
                Stream.of(Unary.values()),
                Stream.of(
                        new Power(3),
                        new Power(-0.5),
                        new Power(0),
                        new LeakyRelu(0.01),
                        new Clamp(-0.5, 1.5)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void its_derivative_is_its_slope(UnaryFunction f) {
        NumericGradient.check(xs -> xs[0].map(f), argument(f, 3, 11));
        NumericGradient.check(xs -> xs[0].map(f), argument(f));
        NumericGradient.check(xs -> xs[0].map(f), argument(f, 0, 4));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void its_derivative_is_its_slope_for_inputs_that_do_not_lie_in_order(UnaryFunction f) {
        NumericGradient.check(xs -> xs[0].transpose().slice(0, 1, 4).map(f), argument(f, 3, 5));
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
        "SOFTPLUS, 0, 0.6931471805599453",
        "SOFTPLUS, 1, 1.3132616875182228",
        "SOFTPLUS, -100, 3.720075976020836e-44",
        "SOFTPLUS, 100, 100",
        "ELU_PLUS_ONE, 1.5, 2.5",
        "ELU_PLUS_ONE, 0, 1",
        "ELU_PLUS_ONE, -1, 0.36787944117144233",
        "ELU_PLUS_ONE, -100, 3.720075976020836e-44",
    })
    void gives_known_values(Unary f, float x, double expected) {
        float y = Functions.apply(f, Tensor.scalar(x)).item();
        assertThat((double) y)
                .isCloseTo(expected, Offset.offset(2e-6 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void powers_leaky_relu_and_clamp_give_known_values() {
        Tensor x = Tensor.of(new float[] {-2, 0, 2, 4}, 4);
        assertThat(x.pow(2).toArray()).containsExactly(4, 0, 4, 16);
        assertThat(x.pow(-1).toArray())
                .containsExactly(-0.5f, Float.POSITIVE_INFINITY, 0.5f, 0.25f);
        assertThat(x.pow(0.5f).toArray()).containsExactly(Float.NaN, 0, (float) Math.sqrt(2), 2);
        assertThat(x.leakyRelu(0.25f).toArray()).containsExactly(-0.5f, 0, 2, 4);
        assertThat(x.clamp(-1, 3).toArray()).containsExactly(-1, 0, 2, 3);
        assertThatThrownBy(() -> x.clamp(3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clamp: from 3.0 to -1.0: the first is the smaller");
    }

    @Test
    void a_function_of_ones_own_is_differentiated_by_its_slope() {
        UnaryFunction bump =
                new UnaryFunction() {
                    @Override
                    public double value(double x) {
                        return 1 / (1 + x * x);
                    }

                    @Override
                    public double slope(double x, double y) {
                        return -2 * x * y * y;
                    }
                };
        NumericGradient.check(xs -> xs[0].map(bump), Numbers.between(-2, 2, 3, 5, 7));
    }

    @Test
    void where_the_slope_is_zero_no_gradient_passes_however_large() {
        Tensor x = Tensor.of(new float[] {-1, 5}, 2);
        Tensor huge = Tensor.full(Float.POSITIVE_INFINITY, 2);
        Gradients g = Gradients.of(() -> x.clamp(0, 1).times(huge).sum(), x);
        assertThat(g.of(x).toArray()).containsExactly(0, 0);
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
