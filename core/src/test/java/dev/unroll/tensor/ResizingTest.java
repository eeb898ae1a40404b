package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Resampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizingTest {

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void its_derivative_is_its_slope(Resampling how) {
        Tensor x = Numbers.of(1, 2, 3, 4, 2);
        NumericGradient.check(xs -> Resizing.upsample(xs[0], how, 2), x);
        NumericGradient.check(xs -> Resizing.resize(xs[0], how, 5, 7), x);
        NumericGradient.check(xs -> Resizing.resize(xs[0], how, 2, 3), x);
        NumericGradient.check(xs -> Resizing.resize(xs[0], how, 1, 1), x);
    }

    @Test
    void a_row_by_hand() {
        Tensor x = Tensor.of(new float[] {0, 4, 8}, 1, 1, 3, 1);
        assertThat(Resizing.resize(x, Resampling.NEAREST, 1, 6).toArray())
                .containsExactly(0, 0, 4, 4, 8, 8);
        assertThat(Resizing.resize(x, Resampling.BILINEAR, 1, 6).toArray())
                .containsExactly(0, 1, 3, 5, 7, 8);
        assertThat(Resizing.resize(x, Resampling.BILINEAR, 1, 1).toArray()).containsExactly(4);
        assertThat(Resizing.resize(x, Resampling.NEAREST, 1, 2).toArray()).containsExactly(0, 4);
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void the_same_size_changes_nothing(Resampling how) {
        Tensor x = Numbers.of(1, 1, 3, 5, 2);
        assertThat(Resizing.resize(x, how, 3, 5).toArray()).isEqualTo(x.toArray());
    }

    @Test
    void nothing_has_no_other_size() {
        Tensor x = Tensor.zeros(1, 3, 3, 1);
        assertThatThrownBy(() -> Resizing.resize(x, Resampling.NEAREST, 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resize: [1, 3, 3, 1] to 0 x 3: both sizes are at least 1 x 1");
    }
}
