package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledDropoutTest {

    /** The machine's widest vectors, and those of 256 bits. */
    @ParameterizedTest
    @ValueSource(ints = {3, 2})
    void a_few_calls_compile_the_loop_of_dropout_for_good(int avx)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "-XX:UseAVX=" + avx,
                                "-XX:+PrintCompilation",
                                "-Xbatch", // so that how long the compiler takes does not matter
                                "-Dunroll.backend=vector",
                                "-Dunroll.threads=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DropoutCalls.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        List<String> ours =
                output.lines().filter(line -> line.contains("DropoutLoop::blocks")).toList();
        // time, number, flags, tier, method; the flag % is of code that takes over within a call
        assertThat(ours).anyMatch(line -> line.matches(" *\\d+ +\\d+ +b? +4 +dev\\.unroll.*"));
        assertThat(ours).noneMatch(line -> line.contains("COMPILE SKIPPED"));
    }
}
