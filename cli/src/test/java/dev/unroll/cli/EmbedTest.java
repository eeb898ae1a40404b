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

/** From a table of pairs and an encoder of others to vectors, by commands alone. */
class EmbedTest {
    private static final String[] WORDS = {"up", "down", "left", "right", "hot", "cold"};

    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    private static String run() {
        return folder.resolve("run").toString();
    }

    @BeforeAll
    static void train_on_a_table_of_your_own() throws IOException {
        StringBuilder rows = new StringBuilder("ask,reply\n");
        for (int i = 0; i < 120; i++) {
            int pair = 2 * (i % 3);
            rows.append(WORDS[pair]).append(',').append(WORDS[pair + 1]).append('\n');
        }
        Path table = Files.writeString(folder.resolve("pairs.csv"), rows);
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        task: embed
                        data: {file: '%s', first: ask, second: reply, validation: 0.3, test: 0.3}
                        model: {pretrained: '%s', dropout: 0}
                        training: {epochs: 20, learningRate: 0.02, batchTokens: 60}
                        """
                                .formatted(table, SmallBert.write(folder.resolve("bert"), WORDS)));
        training = Run.of("train", recipe.toString(), "--run", run());
    }

    @Test
    void the_next_command_is_told_and_finds_what_was_learnt() throws IOException {
        assertThat(done(training).out() + training.err()).contains("unroll embed " + run());
        Path lines = Files.write(folder.resolve("lines.txt"), List.of("down", "right", "cold"));
        Run asked = done(Run.of("embed", run(), "left", "--similar", lines.toString()));
        assertThat(asked.out().lines().toList().get(1)).contains("right");
        assertThat(done(Run.of("embed", run(), "left")).out().strip().split(" ", -1)).hasSize(8);
    }

    @Test
    void evaluate_gives_recall_beside_that_of_words_in_common() {
        JsonNode score =
                JsonMapper.shared().readTree(done(Run.of("evaluate", run(), "--json")).out());
        assertThat(score.at("/model/recallAt5").asDouble()).isEqualTo(1);
        assertThat(score.at("/words/recallAt1").asDouble()).isBetween(0.0, 1.0);
        assertThat(done(Run.of("evaluate", run())).out())
                .contains("recall at 1", "mean reciprocal rank", "questions among");
    }

    @Test
    void a_run_of_another_task_has_no_vectors() throws IOException {
        Path recipe =
                Files.writeString(
                        folder.resolve("other.yaml"),
                        """
                        task: pairs
                        data: {file: '%s', target: n}
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 4, hidden: 4}
                        training: {epochs: 1}
                        """
                                .formatted(
                                        Files.writeString(
                                                folder.resolve("other.csv"),
                                                "first,second,n\n" + "a,b,1\nc,d,2\n".repeat(20))));
        String other = folder.resolve("other").toString();
        done(Run.of("train", recipe.toString(), "--run", other));
        Run asked = Run.of("embed", other, "left");
        assertThat(asked.exitCode()).isEqualTo(1);
        assertThat(asked.err()).contains("a run of another task: 'pairs'");
    }
}
