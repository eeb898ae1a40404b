package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f})
    void its_derivative_is_its_slope(float rate) {
        NumericGradient.check(xs -> DropoutMask.dropout(xs[0], 42, rate), Numbers.of(1, 5, 7));
        NumericGradient.check(
                xs -> DropoutMask.dropout(xs[0].transpose(), 42, rate).transpose(),
                Numbers.of(1, 5, 7));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f, 0.9f})
    void zeroes_its_share_and_keeps_the_mean(float rate) {
        int n = 100_000;
        float[] y = DropoutMask.dropout(Tensor.full(1, n), 7, rate).toArray();
        int zeroes = 0;
        for (float value : y) {
            assertThat(value).isIn(0f, 1 / (1 - rate));
            zeroes += value == 0 ? 1 : 0;
        }
        // five standard deviations of a binomial distribution
        double deviation = Math.sqrt(rate * (1 - rate) / n);
        assertThat((double) zeroes / n).isCloseTo(rate, Offset.offset(5 * deviation));
    }

    @Test
    void the_same_key_gives_the_same_mask_and_another_another() {
        Tensor x = Tensor.full(1, 10_000);
        float[] mask = DropoutMask.dropout(x, 7, 0.5f).toArray();
        assertThat(DropoutMask.dropout(x, 7, 0.5f).toArray()).isEqualTo(mask);
        float[] other = DropoutMask.dropout(x, 8, 0.5f).toArray();
        int equal = 0;
        for (int i = 0; i < mask.length; i++) {
            equal += mask[i] == other[i] ? 1 : 0;
        }
        assertThat(equal).isBetween(4_750, 5_250); // five standard deviations
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, 2, Float.NaN})
    void a_rate_that_is_none_is_refused(float rate) {
        assertThatThrownBy(() -> DropoutMask.dropout(Tensor.zeros(2), 7, rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: the rate is in [0, 1), not " + rate);
    }
}
