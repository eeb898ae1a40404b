package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledDropoutTest {

    /** The machine's widest vectors, and those of 256 bits. */
    @ParameterizedTest
    @ValueSource(ints = {3, 2})
    void a_few_calls_compile_the_loop_of_dropout_for_good(int avx)
            throws IOException, InterruptedException {
        String output =
                OwnProcess.output(
                        DropoutCalls.class,
                        1,
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:UseAVX=" + avx,
                        "-XX:+PrintCompilation",
                        "-Xbatch"); // so that how long the compiler takes does not matter
        List<String> ours =
                output.lines().filter(line -> line.contains("DropoutLoop::blocks")).toList();
        // time, number, flags, tier, method; the flag % is of code that takes over within a call
        assertThat(ours).anyMatch(line -> line.matches(" *\\d+ +\\d+ +b? +4 +dev\\.unroll.*"));
        assertThat(ours).noneMatch(line -> line.contains("COMPILE SKIPPED"));
    }
}
