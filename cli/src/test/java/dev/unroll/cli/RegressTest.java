package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a table of your own to numbers, by commands alone. */
class RegressTest {
    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    @BeforeAll
    static void train_on_a_table_of_your_own() throws IOException {
        String rows = "cheap thing,10\ndear thing,50\n".repeat(40);
        Path table =
                Files.writeString(folder.resolve("own.csv"), "text,target\n" + rows + "odd,x\n");
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        task: regress
                        data: {file: '%s'}
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                        training: {epochs: 20, learningRate: 0.02, batchTokens: 60}
                        """
                                .formatted(table));
        training = Run.of("train", recipe.toString(), "--run", run());
    }

    private static String run() {
        return folder.resolve("run").toString();
    }

    private static Run done(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @Test
    void a_row_without_a_number_and_the_next_command_are_told() {
        Run trained = done(training);
        assertThat(trained.err())
                .contains("own.csv:82: 'x' in column 'target' is no finite number");
        assertThat(trained.out() + trained.err()).contains("unroll regress " + run());
    }

    @Test
    void each_line_gets_a_number_and_an_empty_line_an_empty_one() throws IOException {
        Path file = Files.writeString(folder.resolve("ask.txt"), "cheap thing\n\ndear thing\n");
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY); // programs read the point
        String[] lines;
        try {
            lines = done(Run.of("regress", run(), file.toString())).out().split("\\R", -1);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(Double.parseDouble(lines[0])).isBetween(5.0, 15.0);
        assertThat(lines[1]).isEmpty();
        assertThat(Double.parseDouble(lines[2])).isBetween(45.0, 55.0);
        JsonNode json =
                JsonMapper.shared()
                        .readTree(done(Run.of("regress", run(), file.toString(), "--json")).out());
        assertThat(json.at("/texts/0/value").asDouble()).isBetween(5.0, 15.0);
        assertThat(json.at("/texts/1/value").isNull()).isTrue();
    }

    @Test
    void a_table_is_answered_as_a_table() throws IOException {
        Path table = Files.writeString(folder.resolve("ask.csv"), "id,text\n1,cheap thing\n");
        Run asked = done(Run.of("regress", run(), table.toString()));
        assertThat(asked.out().lines().toList().getFirst()).isEqualTo("id,text,prediction");
        String[] row = asked.out().lines().toList().getLast().split(",", -1);
        assertThat(row).hasSize(3).startsWith("1", "cheap thing");
        assertThat(Double.parseDouble(row[2])).isBetween(5.0, 15.0);
    }

    @Test
    void an_evaluation_has_errors_in_the_numbers_own_units_beside_those_of_the_mean() {
        JsonNode metrics =
                JsonMapper.shared().readTree(done(Run.of("evaluate", run(), "--json")).out());
        assertThat(metrics.findValue("model").get("rmse").asDouble()).isLessThan(5);
        assertThat(metrics.findValue("mean").get("rmse").asDouble()).isBetween(19.0, 21.0);
        assertThat(metrics.findValue("model").get("r2").asDouble()).isBetween(0.9, 1.0);
        assertThat(done(Run.of("evaluate", run())).out()).contains("mean absolute error", "R²");
    }
}
