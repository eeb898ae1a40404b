package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whole trainings, each in a process of its own, since a process has one backend. */
class TrainingOnThreadsTest {

    private static String learnedOn(int threads) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-Dunroll.backend=vector",
                                "-Dunroll.threads=" + threads,
                                "-cp",
                                System.getProperty("java.class.path"),
                                LearnedBits.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
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
