package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedLinearTest {

    private static Tensor[] fused(Tensor... xs) {
        return FusedLinear.linear(
                xs[0], new Tensor[] {xs[1], xs[2], xs[3]}, new Tensor[] {xs[4], xs[5], xs[6]});
    }

    private static Tensor[] inputs(int rows, int in, int a, int b, int c) {
        return new Tensor[] {
            Numbers.of(1, rows, in),
            Numbers.of(2, in, a),
            Numbers.of(3, in, b),
            Numbers.of(4, in, c),
            Numbers.of(5, a),
            Numbers.of(6, b),
            Numbers.of(7, c)
        };
    }

    @ParameterizedTest
    @CsvSource({"3,5,4,4,4", "1,1,1,1,1", "7,3,2,1,5", "0,3,2,2,2", "5,8,16,3,16"})
    void each_is_its_own_product_and_bias(int rows, int in, int a, int b, int c) {
        Tensor[] xs = inputs(rows, in, a, b, c);
        Tensor[] ys = fused(xs);
        for (int i = 0; i < 3; i++) {
            Numbers.assertClose(ys[i], xs[0].matmul(xs[1 + i]).plus(xs[4 + i]), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,5,4,4,4", "1,1,1,1,1", "7,3,2,1,5"})
    void the_derivative_is_the_slope(int rows, int in, int a, int b, int c) {
        NumericGradient.check(xs -> Tensor.concat(1, fused(xs)), inputs(rows, in, a, b, c));
    }

    @Test
    void gradients_that_already_lie_side_by_side_are_taken_as_they_are() {
        NumericGradient.check(
                xs -> {
                    Tensor[] y = fused(xs);
                    return y[0].times(y[1]).plus(y[2].tanh());
                },
                inputs(3, 4, 5, 5, 5));
    }

    @Test
    void a_weight_that_is_used_twice_gathers_both_gradients() {
        Tensor[] xs = inputs(3, 4, 2, 2, 2);
        NumericGradient.check(
                in ->
                        Tensor.concat(
                                1,
                                FusedLinear.linear(
                                        in[0],
                                        new Tensor[] {in[1], in[1], in[2]},
                                        new Tensor[] {in[3], in[3], in[3]})),
                xs[0],
                xs[1],
                xs[2],
                xs[4]);
    }

    @Test
    void a_result_that_nobody_uses_teaches_nothing() {
        Tensor[] xs = inputs(3, 4, 2, 3, 2);
        NumericGradient.check(in -> fused(in)[1], xs);
        Gradients gradients = Gradients.of(() -> fused(xs)[1].sum(), xs);
        assertThat(gradients.of(xs[1]).toArray()).containsOnly(0f);
    }

    @Test
    void a_weight_without_bias_is_refused() {
        Tensor[] xs = inputs(3, 4, 2, 3, 2);
        assertThatThrownBy(
                        () ->
                                FusedLinear.linear(
                                        xs[0], new Tensor[] {xs[1], xs[2]}, new Tensor[] {xs[4]}))
                .hasMessageContaining("2 weights and 1 biases");
    }
}
