package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormsTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 17})
    void their_derivatives_are_their_slopes(int width) {
        Tensor x = Numbers.between(-2, 2, 1, 5, width);
        Tensor gain = Numbers.between(0.5, 1.5, 2, width);
        Tensor bias = Numbers.of(3, width);
        NumericGradient.check(xs -> Norms.layerNorm(xs[0], xs[1], xs[2], 0.1f), x, gain, bias);
        NumericGradient.check(xs -> Norms.rmsNorm(xs[0], xs[1], 0.1f), x, gain);
        NumericGradient.check(
                xs -> Norms.layerNorm(xs[0], xs[1], xs[2], 0.1f),
                x.reshape(5, 1, width),
                gain,
                bias);
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        NumericGradient.check(
                xs ->
                        Norms.layerNorm(
                                xs[0].transpose(),
                                xs[1].slice(1, 1, 2).reshape(4),
                                xs[1].transpose().slice(0, 2, 3).reshape(4),
                                0.1f),
                Numbers.of(1, 4, 3),
                Numbers.of(2, 4, 3));
    }

    @Test
    void no_rows_have_norms_without_rows() {
        Tensor none = Tensor.zeros(0, 3);
        Tensor gain = Tensor.full(1, 3);
        NumericGradient.check(
                xs -> Norms.layerNorm(xs[0], xs[1], xs[2], 1e-5f), none, gain, Tensor.zeros(3));
        NumericGradient.check(xs -> Norms.rmsNorm(xs[0], xs[1], 1e-5f), none, gain);
    }

    @Test
    void a_row_of_equals_is_centred_and_not_blown_up() {
        Tensor y =
                Norms.layerNorm(
                        Tensor.full(3, 2, 4), Tensor.full(1, 4), Tensor.full(0.5f, 4), 1e-5f);
        assertThat(y.toArray()).containsOnly(0.5f);
    }

    @Test
    void weights_of_another_size_are_named() {
        Tensor x = Tensor.zeros(2, 3);
        assertThatThrownBy(() -> Norms.rmsNorm(x, Tensor.zeros(4), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rmsNorm: [2, 3] with weights [4]: the last sizes differ");
        assertThatThrownBy(() -> Norms.layerNorm(x, Tensor.zeros(3), Tensor.zeros(1, 3), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layerNorm: [2, 3] with weights [1, 3]: the last sizes differ");
    }
}
