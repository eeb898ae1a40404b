package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** What a run of the command left behind. */
record Run(int exitCode, String out, String err) {

    static Run of(String... args) {
        return of(Unroll::command, args);
    }

    /** {@return the same run, which must have succeeded} */
    static Run done(Run run) {
        assertThat(run.exitCode).as(run.err).isZero();
        return run;
    }

    /** Of a command line that knows more than the real one. */
    static Run of(BiFunction<PrintStream, PrintStream, CommandLine> command, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                command.apply(
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8))
                        .execute(args);
        return new Run(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
