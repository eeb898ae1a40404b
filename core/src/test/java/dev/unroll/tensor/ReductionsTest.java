package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionsTest {
    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4, 5, 7}, 2, 3);

    @Test
    void many_numbers_become_one() {
        assertThat(X.sum().item()).isEqualTo(22);
        assertThat(X.sum().shape()).isEqualTo(Shape.of());
        assertThat(X.sum(0).toArray()).containsExactly(5, 7, 10);
        assertThat(X.sum(1).toArray()).containsExactly(6, 16);
        assertThat(X.sum(-1).shape()).isEqualTo(Shape.of(2));
        assertThat(X.mean().item()).isEqualTo(22f / 6);
        assertThat(X.mean(1).toArray()).containsExactly(2, 16f / 3);
        assertThat(X.max(0).toArray()).containsExactly(4, 5, 7);
        assertThat(X.max(1).toArray()).containsExactly(3, 7);
    }

    @Test
    void of_nothing_the_sum_is_0_and_nothing_is_larger() {
        assertThat(Tensor.zeros(0, 3).sum(0).toArray()).containsExactly(0, 0, 0);
        assertThat(Tensor.zeros(0, 3).sum().item()).isEqualTo(0);
        assertThat(Tensor.zeros(2, 0).max(1).toArray())
                .containsExactly(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertThat(Tensor.zeros(0, 3).sum(1).shape()).isEqualTo(Shape.of(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void their_derivatives_are_their_slopes(int dim) {
        Tensor x = Numbers.distinct(3, 3, 5, 4);
        NumericGradient.check(xs -> xs[0].sum(dim).square(), x);
        NumericGradient.check(xs -> xs[0].mean(dim).square(), x);
        NumericGradient.check(xs -> xs[0].max(dim), x);
        NumericGradient.check(xs -> xs[0].transpose(0, 2).sum(dim), x);
        NumericGradient.check(xs -> xs[0].transpose(0, 1).max(dim), x);
        NumericGradient.check(xs -> xs[0].slice(1, 1, 4).mean(dim), x);
    }

    @Test
    void the_derivative_of_the_whole_is_its_slope() {
        NumericGradient.check(xs -> xs[0].sum(), Numbers.of(1, 17));
        NumericGradient.check(xs -> xs[0].sum(), Numbers.of(1));
        NumericGradient.check(xs -> xs[0].transpose().mean(), Numbers.of(1, 3, 7));
        NumericGradient.check(xs -> xs[0].sum(), Tensor.zeros(0, 3));
    }

    @Test
    void equally_large_ones_share_the_derivative() {
        Tensor x = Tensor.of(new float[] {3, 1, 3, 0, 3, 2}, 2, 3);
        Gradients g = Gradients.of(() -> x.max(1).sum(), x);
        assertThat(g.of(x).toArray()).containsExactly(0.5f, 0, 0.5f, 0, 1, 0);
    }

    @Test
    void a_dimension_that_is_not_there_is_named() {
        assertThatThrownBy(() -> X.sum(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no dimension 2 in [2, 3]");
        assertThatThrownBy(X::item)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("item: [2, 3] has 6 numbers");
    }
}
