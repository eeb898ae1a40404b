package dev.unroll.vector.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.TimeMajorSteps;
import org.junit.jupiter.api.Test;

class SequencingTest {

    @Test
    void each_thread_gets_a_like_number_of_rows() {
        assertThat(SequenceParallel.cuts(new TimeMajorSteps(new int[] {32, 32}), 2))
                .containsExactly(0, 16, 32);
        // the first 8 are three times as long: 8·3 + 4 against 4·1 + ...
        assertThat(SequenceParallel.cuts(new TimeMajorSteps(new int[] {32, 8, 8}), 2))
                .containsExactly(0, 8, 32);
        assertThat(SequenceParallel.cuts(new TimeMajorSteps(new int[] {5}), 4))
                .containsExactly(0, 4, 5);
        assertThat(SequenceParallel.cuts(new TimeMajorSteps(new int[] {3}), 4))
                .containsExactly(0, 3);
        assertThat(SequenceParallel.cuts(new TimeMajorSteps(new int[0]), 4)).containsExactly(0);
    }
}
