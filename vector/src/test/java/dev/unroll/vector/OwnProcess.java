package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class with the vector backend in a process of its own. */
final class OwnProcess {
    private OwnProcess() {}

    /** {@return what the class prints; the process must end with exit code 0} */
    static String output(Class<?> main, int threads, String... javaOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of(javaOptions));
        command.addAll(List.of("-Dunroll.backend=vector", "-Dunroll.threads=" + threads));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        return output;
    }
}
