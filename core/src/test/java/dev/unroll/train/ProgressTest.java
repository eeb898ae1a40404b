package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

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
