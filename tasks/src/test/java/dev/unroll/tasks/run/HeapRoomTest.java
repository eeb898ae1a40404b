package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.train.TrainingMemory;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
    private static final long MB = 1_000_000;

    /** 100 MB of weights; a step of 1,000 tokens takes 250 MB, one of 4,000 takes 850. */
    private static final TrainingMemory MEMORY =
            new TrainingMemory(100 * MB, 850 * MB, 4_000, 250 * MB, 1_000);

    @Test
    void what_fits_is_not_refused() {
        new HeapRoom(850 * MB, 2_000 * MB).require(MEMORY, 4_000);
    }

    @Test
    void what_does_not_fit_is_refused_with_the_largest_batch_that_does() {
        assertThatThrownBy(() -> new HeapRoom(450 * MB, 800 * MB).require(MEMORY, 4_096))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("950 MB")
                .hasMessageContaining("training.batchTokens=2000 fits (it is 4096")
                .hasMessageContaining("UNROLL_JAVA_OPTS=-Xmx");
    }

    @Test
    void the_batch_that_fits_takes_no_more_than_there_is() {
        for (long room = 300 * MB; room < 900 * MB; room += 50 * MB) {
            double share = MEMORY.shareWithin(room + MEMORY.lasting());
            double needed = 50 * MB + 200_000 * share * MEMORY.tokens();
            assertThat(needed).isLessThanOrEqualTo(room * 1.0001);
            assertThat(share == 1 || needed > 0.999 * room).isTrue();
        }
    }

    @Test
    void a_model_of_which_no_batch_fits_is_told_apart() {
        assertThatThrownBy(() -> new HeapRoom(20 * MB, 200 * MB).require(MEMORY, 4_096))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("the model must be smaller");
    }

    @Test
    void batches_of_one_size_are_taken_to_grow_with_their_tokens() {
        TrainingMemory same = new TrainingMemory(0, 800, 400, 800, 400);
        assertThat(same.shareWithin(800)).isEqualTo(1);
        assertThat(same.shareWithin(200)).isEqualTo(0.25);
    }
}
