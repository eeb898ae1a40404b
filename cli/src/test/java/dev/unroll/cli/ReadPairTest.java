package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a table of pairs of your own to answers, by commands alone. */
class ReadPairTest {
    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    @BeforeAll
    static void train_on_tables_of_your_own() throws IOException {
        StringBuilder labels = new StringBuilder("question,reply,verdict\n");
        StringBuilder values = new StringBuilder("first\tsecond\tscore\n");
        for (int i = 0; i < 60; i++) {
            labels.append(i % 2 == 0 ? "hot %d,hot %d,same\n" : "hot %d,cold %d,other\n");
            values.append(i % 2 == 0 ? "hot %d\thot %d\t5\n" : "hot %d\tcold %d\t0\n");
        }
        training =
                train(
                        "labels",
                        "{file: '%s', first: question, second: reply, label: verdict}",
                        Files.writeString(folder.resolve("labels.csv"), numbered(labels)));
        done(
                train(
                        "values",
                        "{file: '%s', target: score}",
                        Files.writeString(folder.resolve("values.tsv"), numbered(values))));
    }

    /** Each row with its number, so that no two rows share a text. */
    private static String numbered(StringBuilder rows) {
        StringBuilder numbered = new StringBuilder();
        int[] number = {0};
        rows.toString()
                .lines()
                .forEach(
                        line -> {
                            numbered.append(line.replace("%d", "" + number[0])).append('\n');
                            number[0]++;
                        });
        return numbered.toString();
    }

    private static Run train(String name, String data, Path table) throws IOException {
        Path recipe =
                Files.writeString(
                        folder.resolve(name + ".yaml"),
                        """
                        task: pairs
                        data: %s
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                        training: {epochs: 25, learningRate: 0.02, batchTokens: 60}
                        """
                                .formatted(data.formatted(table)));
        return Run.of("train", recipe.toString(), "--run", run(name));
    }

    private static String run(String name) {
        return folder.resolve(name).toString();
    }

    private static List<String> lines(Run run) {
        return done(run).out().lines().toList();
    }

    @Test
    void two_texts_are_answered_and_the_command_is_told_after_the_training() {
        assertThat(done(training).out() + training.err()).contains("unroll pair " + run("labels"));
        assertThat(done(Run.of("pair", run("labels"), "hot 3", "hot 3")).out())
                .startsWith("same  0.")
                .contains("(other 0.");
        assertThat(done(Run.of("pair", run("labels"), "hot 3", "cold 3")).out())
                .startsWith("other  0.");
        double value =
                Double.parseDouble(done(Run.of("pair", run("values"), "hot 3", "hot 3")).out());
        assertThat(value).isBetween(3.0, 7.0);
        JsonNode json =
                JsonMapper.shared()
                        .readTree(
                                done(Run.of("pair", run("labels"), "hot 3", "cold 3", "--json"))
                                        .out());
        assertThat(json.at("/pairs/0/answer/label").asString()).isEqualTo("other");
        assertThat(json.at("/pairs/0/second").asString()).isEqualTo("cold 3");
    }

    @Test
    void a_table_is_answered_by_the_columns_that_the_run_was_trained_on() throws IOException {
        Path table =
                Files.writeString(
                        folder.resolve("ask.csv"),
                        "id,reply,question\n1,hot 7,hot 7\n2,cold 7,hot 7\n3,,hot 7\n");
        List<String> out = lines(Run.of("pair", run("labels"), table.toString()));
        assertThat(out.get(0)).isEqualTo("id,reply,question,prediction,probability");
        assertThat(out.get(1)).matches("1,hot 7,hot 7,same,0\\.\\d+");
        assertThat(out.get(2)).matches("2,cold 7,hot 7,other,0\\.\\d+");
        assertThat(out.get(3)).isEqualTo("3,,hot 7,,");
        assertThat(lines(Run.of("pair", run("labels"), table.toString(), "--probabilities")).get(0))
                .endsWith(",prediction,probability,probability_other,probability_same");
    }

    @Test
    void other_columns_are_named_one_after_the_other_and_the_answers_go_into_a_file()
            throws IOException {
        Path table = Files.writeString(folder.resolve("other.tsv"), "a\tb\nhot 1\thot 1\n");
        Path out = folder.resolve("answers.jsonl");
        done(
                Run.of(
                        "pair",
                        run("values"),
                        table.toString(),
                        "--column",
                        "a",
                        "--column",
                        "b",
                        "--out",
                        out.toString()));
        JsonNode row = JsonMapper.shared().readTree(Files.readString(out));
        assertThat(row.get("b").asString()).isEqualTo("hot 1");
        assertThat(row.get("prediction").asDouble()).isBetween(3.0, 7.0);

        Run unnamed = Run.of("pair", run("values"), table.toString());
        assertThat(unnamed.exitCode()).isEqualTo(1);
        assertThat(unnamed.err()).contains("which columns are to be read?", "'a', 'b'");
        Run one = Run.of("pair", run("values"), table.toString(), "--column", "a");
        assertThat(one.exitCode()).isEqualTo(2);
        assertThat(one.err()).contains("--column is given 1 times, and 2 columns are read");
        Run texts = Run.of("pair", run("values"), "a", "b", "--out", out.toString());
        assertThat(texts.exitCode()).isEqualTo(2);
        assertThat(texts.err()).contains("are for tables");
    }

    @Test
    void a_run_of_first_weights_is_exported() {
        Path onnx = folder.resolve("pairs.onnx");
        done(Run.of("export", run("labels"), "--onnx", onnx.toString()));
        assertThat(onnx).isNotEmptyFile();
    }

    @Test
    void a_single_text_is_no_pair() {
        Run alone = Run.of("pair", run("labels"), "hot 3");
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.err()).contains("two texts");
    }

    @Test
    void evaluate_and_inspect_know_the_task() {
        assertThat(done(Run.of("evaluate", run("labels"))).out()).contains("accuracy", "pairs in");
        assertThat(done(Run.of("evaluate", run("values"))).out())
                .contains("mean absolute error", "R²");
        assertThat(done(Run.of("inspect", run("labels"))).out()).contains("pairs");
    }
}
