package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnrollTest {

    @Test
    void version_names_unroll_and_java() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("unroll \\d+\\.\\d+\\S* on Java \\d\\S*\\R");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void help_names_the_commands_and_the_exit_codes() {
        Run run = Run.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("doctor", "wrong usage", "130");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docto", "--nonsense", "doctor --jsn", "doctor more"})
    void wrong_usage_ends_with_2_and_says_where_help_is(String line) {
        Run run = line.isEmpty() ? Run.of() : Run.of(line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("unroll").contains("--help'");
    }

    @Test
    void bench_without_the_launcher_says_where_it_runs() {
        Run run = Run.of("bench", "gemm", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("./unroll bench");
    }

    @Test
    void a_misspelt_command_is_answered_with_the_right_one() {
        assertThat(Run.of("docto").err()).contains("unroll doctor");
    }
}
