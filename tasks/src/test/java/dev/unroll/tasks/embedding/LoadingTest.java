package dev.unroll.tasks.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tasks.model.TinyBert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    @TempDir Path folder;

    @Test
    void loading_an_encoder_begins_to_compile_the_loops_of_vectors() throws Exception {
        assertThat(output(folder, "-Dunroll.backend=vector")).isEqualTo("warming up");
    }

    @Test
    void a_process_that_is_told_to_stay_with_plain_loops_compiles_none() throws Exception {
        assertThat(output(folder, "-Dunroll.backend=vector", "-Dunroll.young=true"))
                .isEqualTo("not warming up");
    }

    /** What {@link Loading} prints in a process of its own: others may have begun to warm up. */
    private static String output(Path folder, String... javaOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of(javaOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Loading.class.getName(), folder.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        return output.strip();
    }

    /** Loads an encoder and looks for the thread that exercises the loops of vectors. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] args) throws IOException {
            Path encoder = Path.of(args[0]).resolve("bert");
            TinyBert.write(encoder);
            TextEncoder.load(encoder);
            boolean warmingUp =
                    Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().equals("unroll-warm-up"));
            System.out.println(warmingUp ? "warming up" : "not warming up");
        }
    }
}
