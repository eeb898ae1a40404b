package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whole trainings, each in a process of its own, since a process has one backend. */
class TrainingOnThreadsTest {

    private static String learnedOn(int threads) throws IOException, InterruptedException {
        String output = OwnProcess.output(LearnedBits.class, threads);
        assertThat(output.lines()).as(output).hasSize(4);
        return output;
    }

    @Test
    void weights_are_the_same_to_the_bit_on_one_thread_two_or_three()
            throws IOException, InterruptedException {
        String one = learnedOn(1);
        assertThat(learnedOn(2)).isEqualTo(one);
        assertThat(learnedOn(3)).isEqualTo(one);
    }
}
