package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WhereTest {
    private static Tensor row(float... values) {
        return Tensor.of(values, values.length);
    }

    /** 0 or 1, both in every row. */
    private static Tensor condition(int... dims) {
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 5 % 2;
        }
        return Tensor.of(values, dims);
    }

    @Test
    void each_number_comes_from_the_side_that_its_condition_names() {
        Tensor chosen =
                Tensor.where(
                        row(1, 0, -0.5f, -0f, Float.NaN), row(1, 2, 3, 4, 5), row(6, 7, 8, 9, 10));
        assertThat(chosen.toArray()).containsExactly(1, 7, 3, 9, 5);
    }

    @Test
    void comparisons_are_1_where_they_hold_and_else_0() {
        Tensor a = row(1, 2, 3, Float.NaN);
        assertThat(a.greaterThan(Tensor.scalar(2)).toArray()).containsExactly(0, 0, 1, 0);
        assertThat(a.equalTo(row(1, 0, 3, Float.NaN)).toArray()).containsExactly(1, 0, 1, 0);
        Tensor b = row(4, 0, 3, 1);
        assertThat(Tensor.where(a.greaterThan(b), a, b).toArray()).containsExactly(4, 2, 3, 1);
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(new int[] {3, 5}, new int[] {3, 5}, new int[] {3, 5}),
                Arguments.of(new int[] {5}, new int[] {3, 5}, new int[] {}),
                Arguments.of(new int[] {3, 5}, new int[] {3, 1}, new int[] {1, 5}),
                Arguments.of(new int[] {1}, new int[] {3, 1}, new int[] {5}),
                Arguments.of(new int[] {2, 1, 4}, new int[] {3, 1}, new int[] {2, 3, 4}),
                Arguments.of(new int[] {}, new int[] {17}, new int[] {1}),
                Arguments.of(new int[] {0, 3}, new int[] {3}, new int[] {}));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void it_is_its_formula_in_every_combination_of_shapes(int[] c, int[] a, int[] b) {
        Tensor condition = condition(c);
        Tensor left = Numbers.of(1, a);
        Tensor right = Numbers.of(2, b);
        Tensor formula =
                condition.times(left).plus(condition.complement().times(right)); // of 0 and 1
        Numbers.assertClose(Tensor.where(condition, left, right), formula, 0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void its_derivative_is_its_slope(int[] c, int[] a, int[] b) {
        NumericGradient.check(
                xs -> Tensor.where(condition(c), xs[0], xs[1]), Numbers.of(3, a), Numbers.of(4, b));
    }

    @Test
    void its_derivative_is_its_slope_for_inputs_that_do_not_lie_in_order() {
        NumericGradient.check(
                xs ->
                        Tensor.where(
                                condition(5, 3).transpose(),
                                xs[0].transpose(),
                                xs[1].slice(1, 1, 6)),
                Numbers.of(5, 5, 3),
                Numbers.of(6, 3, 7));
    }

    @Test
    void what_is_not_chosen_counts_for_nothing_even_if_it_is_not_a_number() {
        Tensor c = row(1, 0, 1, 0);
        Tensor a = row(1, Float.NaN, 3, Float.POSITIVE_INFINITY);
        Tensor b = row(Float.NEGATIVE_INFINITY, 6, Float.NaN, 8);
        assertThat(Tensor.where(c, a, b).toArray()).containsExactly(1, 6, 3, 8);
        Gradients g = Gradients.of(() -> Tensor.where(c, a, b).sum(), a, b);
        assertThat(g.of(a).toArray()).containsExactly(1, 0, 1, 0);
        assertThat(g.of(b).toArray()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void the_condition_has_no_derivative() {
        Tensor x = row(1, -2, 3);
        Gradients g =
                Gradients.of(
                        () -> Tensor.where(x.greaterThan(Tensor.zeros()), x, x.times(0.5f)).sum(),
                        x);
        assertThat(g.of(x).toArray()).containsExactly(1, 0.5f, 1);
    }

    @Test
    void shapes_that_do_not_go_together_are_named() {
        assertThatThrownBy(() -> Tensor.where(Tensor.zeros(2), Tensor.zeros(3), Tensor.zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where: [3] and [2]: sizes 3 and 2 differ");
    }

    @Test
    void a_matrix_is_made_of_its_rows() {
        Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(x.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(x.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Tensor.of(new float[0][]).shape()).isEqualTo(Shape.of(0, 0));
        assertThat(Tensor.of(new float[4][0]).shape()).isEqualTo(Shape.of(4, 0));
    }

    @Test
    void rows_of_different_lengths_are_refused() {
        assertThatThrownBy(() -> Tensor.of(new float[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 has 1 numbers and row 0 has 2")
                .hasMessageContaining("Sequences.of");
    }
}
