package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {

    /** A command that fails. */
    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
        @Mixin(name = Answer.NAME)
        Answer answer;

        private final Throwable failure;

        Fail(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            switch (failure) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(failure);
            }
        }
    }

    private static Run failing(Throwable failure, String... args) {
        return Run.of(
                (out, err) -> {
                    CommandLine root = Unroll.command(out, err);
                    CommandLine fail = new CommandLine(new Fail(failure));
                    return root.addSubcommand(fail.setOut(root.getOut()).setErr(root.getErr()));
                },
                args);
    }

    @Test
    void a_failure_is_one_line_and_exit_code_1() {
        Run run = failing(new IllegalStateException("the run\n  is broken"), "fail");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToNormalizingNewlines("unroll fail: the run is broken\n");
    }

    @Test
    void verbose_shows_the_stack_trace() {
        Run run = failing(new IllegalStateException("broken"), "--verbose", "fail");
        assertThat(run.err()).contains("at dev.unroll.cli.FailuresTest");
    }

    @Test
    void a_missing_file_is_named() {
        Run run = failing(new UncheckedIOException(new NoSuchFileException("runs/x")), "fail");
        assertThat(run.err()).contains("there is no file runs/x");
    }

    @Test
    void an_exception_without_a_message_is_named() {
        Run run = failing(new UnsupportedOperationException(), "fail");
        assertThat(run.err()).contains("UnsupportedOperationException");
    }

    @Test
    void running_out_of_memory_says_how_to_give_more() {
        Run run = failing(new OutOfMemoryError("Java heap space"), "fail");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("out of memory", "UNROLL_JAVA_OPTS").hasLineCount(1);
    }

    @Test
    void a_class_that_cannot_start_is_told_by_its_cause_and_json_stays_one_object() {
        Throwable cause = new IllegalArgumentException("backend 'x' cannot be used");
        Run run = failing(new ExceptionInInitializerError(cause), "fail", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .isEqualToNormalizingNewlines("{\"error\":\"backend 'x' cannot be used\"}\n");
        assertThat(run.err()).hasLineCount(1);
    }
}
