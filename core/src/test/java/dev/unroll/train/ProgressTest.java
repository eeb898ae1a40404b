package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void nothing_measured_is_no_best() {
        assertThat(Progress.START.best()).isInfinite().isPositive();
        assertThat(Progress.START.sinceBest()).isZero();
    }

    @Test
    void the_best_is_the_smallest_and_of_equals_the_first() {
        Progress progress = new Progress(9, 1, 0, List.of(3.0, 1.0, 2.0, 1.0));
        assertThat(progress.best()).isEqualTo(1);
        assertThat(progress.sinceBest()).isEqualTo(2);
    }

    @Test
    void a_figure_that_is_no_number_counts_as_infinite() {
        Progress progress = Progress.START.measured(Double.NaN);
        assertThat(progress.figures()).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(progress.measured(2).best()).isEqualTo(2);
    }

    @Test
    void a_step_counts_within_its_epoch() {
        Progress progress = new Progress(7, 2, 3, List.of()).stepped();
        assertThat(progress).isEqualTo(new Progress(8, 2, 4, List.of()));
        assertThat(progress.nextEpoch()).isEqualTo(new Progress(8, 3, 0, List.of()));
    }

    @Test
    void numbers_count_from_0() {
        assertThatThrownBy(() -> new Progress(-1, 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Progress(0, 0, -1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
