package dev.unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeTest {

    @Test
    void labels_are_smoothed_in_training_alone_and_only_where_it_is_asked_for() {
        assertThat(Mode.INFERENCE.labelSmoothing()).isZero();
        assertThat(new Mode.Training(1, 2).labelSmoothing()).isZero();
        assertThat(new Mode.Training(1, 2, 0.1).labelSmoothing()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void label_smoothing_is_a_share_below_1(double wrong) {
        assertThatThrownBy(() -> new Mode.Training(1, 2, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label smoothing is in [0, 1), not " + wrong);
    }
}
