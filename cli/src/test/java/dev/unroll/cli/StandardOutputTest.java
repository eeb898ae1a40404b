package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    /** Standard output that fails at each write. */
    private static PrintStream failing(String why) {
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException(why);
                    }
                };
        return new PrintStream(new StandardOutput(out), false, StandardCharsets.UTF_8);
    }

    private static Run run(String why, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                Unroll.run(failing(why), new PrintStream(err, true, StandardCharsets.UTF_8), args);
        return new Run(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void an_answer_that_cannot_be_written_is_a_failure_with_its_reason() {
        for (String[] args : new String[][] {{"doctor"}, {"doctor", "--json"}, {"--help"}}) {
            Run run = run("No space left on device", args);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("standard output cannot be written: No space left on device");
        }
    }

    @Test
    void a_reader_that_has_gone_away_ends_a_command_quietly() {
        Run run = run("Broken pipe", "doctor");
        assertThat(run.exitCode()).isEqualTo(Unroll.GONE);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void what_is_written_arrives() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new StandardOutput(bytes), false, StandardCharsets.UTF_8);
        out.print("grün");
        out.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("grün");
    }
}
