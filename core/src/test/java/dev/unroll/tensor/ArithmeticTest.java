package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArithmeticTest {

    record Operation(String name, BinaryOperator<Tensor> f, BinaryOperator<Double> truth) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Operation> OPERATIONS =
            List.of(
                    new Operation("plus", Tensor::plus, (a, b) -> a + b),
                    new Operation("minus", Tensor::minus, (a, b) -> a - b),
                    new Operation("times", Tensor::times, (a, b) -> a * b),
                    new Operation("dividedBy", Tensor::dividedBy, (a, b) -> a / b),
                    new Operation("maximum", Tensor::maximum, Math::max),
                    new Operation("minimum", Tensor::minimum, Math::min));

    private static final int[][][] SHAPES = {
        {{}, {}},
        {{1}, {}},
        {{7}, {7}},
        {{3, 5}, {3, 5}},
        {{3, 5}, {5}},
        {{5}, {3, 5}},
        {{3, 1}, {1, 5}},
        {{1, 5}, {3, 1}},
        {{3, 5}, {}},
        {{}, {3, 5}},
        {{2, 3, 4}, {3, 1}},
        {{2, 3, 4}, {2, 1, 1}},
        {{2, 1, 4}, {3, 1}},
        {{1, 1}, {1}},
        {{17}, {1}},
        {{0, 3}, {3}},
        {{0}, {1}},
        {{2, 3, 0}, {1, 3, 1}},
    };

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Operation operation : OPERATIONS) {
            for (int[][] shapes : SHAPES) {
                cases.add(Arguments.of(operation, Shape.of(shapes[0]), Shape.of(shapes[1])));
            }
        }
        return cases.stream();
    }

    /** Numbers so far apart that no step of the difference makes the other one the larger. */
    private static Tensor left(Shape shape) {
        return Numbers.distinct(1, shape.dims());
    }

    private static Tensor right(Shape shape) {
        float[] values = Numbers.distinct(2, shape.dims()).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += values[i] < 0 ? -0.625f : 0.625f;
        }
        return Tensor.of(values, shape.dims());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void combines_numbers_as_the_shapes_say(Operation operation, Shape a, Shape b) {
        Tensor x = left(a);
        Tensor y = right(b);
        Tensor z = operation.f().apply(x, y);

        int[] dims = z.shape().dims();
        float[] expected = new float[z.size()];
        int[] index = new int[dims.length];
        for (int i = 0; i < expected.length; i++) {
            int rest = i;
            for (int d = dims.length - 1; d >= 0; d--) {
                index[d] = rest % dims[d];
                rest /= dims[d];
            }
            expected[i] =
                    operation
                            .truth()
                            .apply((double) at(x, index), (double) at(y, index))
                            .floatValue();
        }
        Numbers.assertClose(z.toArray(), expected, 1e-6);
    }

    private static float at(Tensor x, int[] index) {
        int place = 0;
        int skipped = index.length - x.rank();
        for (int d = 0; d < x.rank(); d++) {
            place = place * x.dim(d) + (x.dim(d) == 1 ? 0 : index[skipped + d]);
        }
        return x.toArray()[place];
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void its_derivative_is_its_slope(Operation operation, Shape a, Shape b) {
        NumericGradient.check(xs -> operation.f().apply(xs[0], xs[1]), left(a), right(b));
    }

    static Stream<Operation> operations() {
        return OPERATIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void its_derivative_is_its_slope_for_inputs_that_do_not_lie_in_order(Operation operation) {
        NumericGradient.check(
                xs -> operation.f().apply(xs[0].transpose(), xs[1].slice(1, 1, 4)),
                left(Shape.of(3, 4)),
                right(Shape.of(4, 5)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void both_sides_may_be_the_same_tensor(Operation operation) {
        if (operation.name().endsWith("imum")) {
            // equal numbers: the derivative goes to the left one, and both are one tensor
            Tensor x = Numbers.of(3, 2, 3);
            Gradients g = Gradients.of(() -> operation.f().apply(x, x).sum(), x);
            assertThat(g.of(x).toArray()).containsOnly(1f);
            return;
        }
        NumericGradient.check(
                xs -> operation.f().apply(xs[0], xs[0]), Numbers.awayFromZero(3, 2, 3));
    }

    @Test
    void a_tie_gives_its_derivative_to_the_left() {
        Tensor a = Tensor.of(new float[] {1, 2, 3}, 3);
        Tensor b = Tensor.of(new float[] {1, 1, 4}, 3);
        Gradients larger = Gradients.of(() -> a.maximum(b).sum(), a, b);
        assertThat(larger.of(a).toArray()).containsExactly(1, 1, 0);
        assertThat(larger.of(b).toArray()).containsExactly(0, 0, 1);
        Gradients smaller = Gradients.of(() -> a.minimum(b).sum(), a, b);
        assertThat(smaller.of(a).toArray()).containsExactly(1, 0, 1);
        assertThat(smaller.of(b).toArray()).containsExactly(0, 1, 0);
    }

    @Test
    void numbers_are_added_and_multiplied() {
        Tensor x = Numbers.of(5, 3, 7);
        NumericGradient.check(xs -> xs[0].plus(2.5f), x);
        NumericGradient.check(xs -> xs[0].times(-1.5f), x);
        NumericGradient.check(xs -> xs[0].times(0), x);
        NumericGradient.check(xs -> xs[0].transpose().times(3).plus(1), x);
        NumericGradient.check(xs -> xs[0].negate(), x);
        assertThat(Tensor.of(new float[] {1, -2}, 2).times(3).plus(1).toArray())
                .containsExactly(4, -5);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shapes_that_do_not_go_together_are_named(Operation operation) {
        Tensor a = Tensor.zeros(2, 3);
        Tensor b = Tensor.zeros(2, 4);
        assertThatThrownBy(() -> operation.f().apply(a, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "%s: [2, 3] and [2, 4]: sizes 3 and 4 differ and neither is 1",
                        operation.name());
    }
}
