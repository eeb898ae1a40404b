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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void group_norm_has_derivatives_too(int groups) {
        NumericGradient.check(
                xs -> Norms.groupNorm(xs[0], groups, xs[1], xs[2], 0.1f),
                Numbers.between(-2, 2, 1, 2, 3, 2, 6),
                Numbers.between(0.5, 1.5, 2, 6),
                Numbers.of(3, 6));
    }

    @Test
    void batch_norm_has_derivatives_too() {
        Tensor x = Numbers.between(-2, 2, 1, 2, 3, 2, 4);
        Tensor gain = Numbers.between(0.5, 1.5, 2, 4);
        Tensor bias = Numbers.of(3, 4);
        NumericGradient.check(xs -> Norms.batchNorm(xs[0], xs[1], xs[2], 0.1f).y(), x, gain, bias);
        NumericGradient.check(
                xs -> Norms.batchNorm(xs[0], xs[1], xs[2], xs[3], xs[4], 0.1f),
                x,
                gain,
                bias,
                Numbers.of(4, 4),
                Numbers.between(1, 2, 5, 4));
    }

    @Test
    void a_batch_by_hand_and_again_by_its_statistics() {
        Tensor x = Tensor.of(new float[] {1, 10, 3, 30}, 2, 1, 1, 2);
        Tensor gain = Tensor.of(new float[] {1, 2}, 2);
        Tensor bias = Tensor.of(new float[] {0, 5}, 2);
        Norms.OfBatch batch = Norms.batchNorm(x, gain, bias, 0.5f);
        Numbers.assertClose(batch.mean().toArray(), new float[] {2, 20}, 1e-6);
        Numbers.assertClose(batch.variance().toArray(), new float[] {1, 100}, 1e-5);
        float a = (float) (1 / Math.sqrt(1.5));
        float b = (float) (20 / Math.sqrt(100.5));
        Numbers.assertClose(batch.y().toArray(), new float[] {-a, 5 - b, a, 5 + b}, 1e-5);
        Tensor again = Norms.batchNorm(x, gain, bias, batch.mean(), batch.variance(), 0.5f);
        Numbers.assertClose(again, batch.y(), 1e-5);
    }

    @Test
    void groups_that_do_not_divide_the_channels_are_named() {
        Tensor one = Tensor.full(1, 4);
        assertThatThrownBy(() -> Norms.groupNorm(Tensor.zeros(1, 2, 2, 4), 3, one, one, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("groupNorm: [1, 2, 2, 4] in 3 groups");
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
