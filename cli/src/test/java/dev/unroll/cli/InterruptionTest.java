package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a training goes on, in a process of its own. */
class InterruptionTest {
    @TempDir Path folder;

    @Test
    void a_training_that_is_interrupted_saves_and_says_how_to_go_on() throws Exception {
        Process process = train(folder.resolve("run"));
        StringBuilder told = new StringBuilder();
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                told.append(line).append('\n');
                if (line.contains("parameters")) {
                    // the plan is told, the steps begin
                    process.toHandle().destroy();
                }
            }
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(told).contains("interrupted").contains("go on with: unroll train");
        assertThat(folder.resolve("run/checkpoints/last.safetensors")).isNotEmptyFile();

        Run more = Run.of("train", folder.resolve("run").toString(), "training.minutes=0.001");
        assertThat(more.exitCode()).as(more.err()).isZero();
    }

    private static Process train(Path run) throws Exception {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.unroll.cli.Unroll",
                                "train",
                                "quickstart",
                                "--run",
                                run.toString(),
                                "data.examples=2000",
                                "data.heldOut=20",
                                "training.epochs=1000"))
                .redirectErrorStream(true)
                .start();
    }
}
