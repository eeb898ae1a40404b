package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts of your own, from a file to answers, by commands alone. */
class TextCommandsTest {
    @TempDir Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static JsonNode json(Run run) {
        return JsonMapper.shared().readTree(done(run).out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "transformer"})
    void a_table_of_texts_becomes_a_classifier(String kind) throws IOException {
        List<String> rows = new ArrayList<>(List.of("review,verdict"));
        for (int i = 0; i < 200; i++) {
            rows.add(
                    "\"a %s film, number %d\",%s"
                            .formatted(i % 2 == 0 ? "good" : "bad", i, i % 2 == 0 ? "yes" : "no"));
        }
        rows.set(9, "a row without a verdict");
        Files.write(folder.resolve("reviews.csv"), rows);
        Files.writeString(
                folder.resolve("mine.yaml"),
                """
                task: classify
                data: {file: '%s', text: review, label: verdict}
                tokenizer: {kind: words}
                model: {kind: %s, width: 16}
                training: {epochs: 8, learningRate: 0.01, batchTokens: 200}
                """
                        .formatted(at("reviews.csv"), kind));
        Run train = done(Run.of("train", at("mine.yaml"), "--run", at("run")));
        assertThat(train.err()).contains("reviews.csv:10: ");
        assertThat(train.out()).contains("unroll classify");

        assertThat(done(Run.of("classify", at("run"), "a good film")).out()).startsWith("yes");
        Files.writeString(folder.resolve("ask.txt"), "a bad film\na good film\n");
        assertThat(done(Run.of("classify", at("run"), at("ask.txt"))).out().lines()).hasSize(2);

        JsonNode why =
                json(Run.of("classify", at("run"), "a bad film", "--explain", "--json"))
                        .path("texts")
                        .path(0);
        assertThat(why.path("answer").path("label").asString()).isEqualTo("no");
        assertThat(why.path("explanation").path("words"))
                .extracting(word -> word.path("text").asString())
                .containsExactly("a", "bad", "film", "(end of text)");
        JsonNode figures = json(Run.of("evaluate", at("run"), "--json"));
        assertThat(figures.path("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(figures.propertyNames())
                .contains("macroF1", "confusion", "calibrationError", "texts");
        assertThat(done(Run.of("evaluate", at("run"))).out())
                .contains("accuracy", "macro-F1", "calibration error");
    }

    @Test
    void a_text_becomes_a_writer_that_repeats_itself_for_a_seed() throws IOException {
        Files.writeString(folder.resolve("song.txt"), "row row row your boat\n".repeat(200));
        Files.writeString(
                folder.resolve("song.yaml"),
                """
                task: generate
                data: {file: '%s', length: 24, batch: 8, batches: 40}
                model: {kind: gru, width: 16, hidden: 32}
                training: {epochs: 2, learningRate: 0.01}
                """
                        .formatted(at("song.txt")));
        done(Run.of("train", at("song.yaml"), "--run", at("run")));
        String[] ask = {
            "generate", at("run"), "--prompt=row", "--tokens=60", "--seed=3", "--top-k=5"
        };
        String text = done(Run.of(ask)).out();
        assertThat(text).startsWith("row").hasSize(64);
        assertThat(done(Run.of(ask)).out()).isEqualTo(text);
        JsonNode figures = json(Run.of("evaluate", at("run"), "--json"));
        assertThat(figures.path("perplexity").asDouble())
                .isCloseTo(Math.exp(figures.path("loss").asDouble()), within(1e-6));
        for (String wrong : List.of("--temperature=-1", "--top-p=2", "--top-k=0", "--tokens=-5")) {
            Run refused = Run.of("generate", at("run"), wrong);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains(wrong.substring(wrong.indexOf("=") + 1));
        }
        Run other = Run.of("classify", at("run"), "row");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("another task");
    }

    /** A recipe that names no tokenizer reads pieces of words, and of characters. */
    @Test
    void an_explanation_is_of_words_where_tokens_are_pieces_of_them() throws IOException {
        List<String> rows = new ArrayList<>(List.of("review,verdict"));
        for (int i = 0; i < 60; i++) {
            rows.add(i % 2 == 0 ? "un film \u00e9mouvant,oui" : "un film b\u00eate,non");
        }
        Files.write(folder.resolve("reviews.csv"), rows);
        Files.writeString(
                folder.resolve("mine.yaml"),
                """
                task: classify
                data: {file: '%s', text: review, label: verdict}
                model: {kind: gru, width: 8, hidden: 8}
                training: {epochs: 1}
                """
                        .formatted(at("reviews.csv")));
        done(Run.of("train", at("mine.yaml"), "--run", at("run")));
        String text = "Un \u6620\u753b d\u00e9j\u00e0-vu!";
        String people = done(Run.of("classify", at("run"), text, "--explain")).out();
        assertThat(people.lines().skip(1).map(line -> line.strip().split(" +", -1)[1]))
                .containsExactly(
                        "Un", "\u6620\u753b", "d\u00e9j\u00e0", "-", "vu", "!", "(end", "in");
        JsonNode words =
                json(Run.of("classify", at("run"), text, "--explain", "--json"))
                        .at("/texts/0/explanation/words");
        assertThat(words)
                .extracting(word -> word.path("text").asString())
                .containsExactly(
                        "Un", "\u6620\u753b", "d\u00e9j\u00e0", "-", "vu", "!", "(end of text)");
    }

    @Test
    void runs_of_different_tasks_are_not_evaluated_together() throws IOException {
        Files.writeString(folder.resolve("song.txt"), "row row row your boat\n".repeat(20));
        Files.writeString(
                folder.resolve("song.yaml"),
                """
                task: generate
                data: {file: '%s', length: 8, batch: 2, batches: 2}
                model: {kind: gru, width: 8, hidden: 8}
                training: {epochs: 1}
                """
                        .formatted(at("song.txt")));
        Files.writeString(folder.resolve("tags.csv"), "text,tags\n" + "row it,A B\n".repeat(20));
        Files.writeString(
                folder.resolve("tags.yaml"),
                """
                task: tag
                data: {file: '%s', tags: tags}
                words: {kind: gru, characterWidth: 4, hidden: 4}
                model: {kind: gru, width: 8, hidden: 8}
                training: {epochs: 1}
                """
                        .formatted(at("tags.csv")));
        done(Run.of("train", at("song.yaml"), "--run", at("song")));
        done(Run.of("train", at("tags.yaml"), "--run", at("tags")));
        Run refused = Run.of("evaluate", at("song"), at("song"), at("tags"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains(at("tags") + " is a run of another task than " + at("song"));
        Run together = Run.of("evaluate", at("song"), at("song"), "--json");
        assertThat(json(together).at("/values/loss/mean").isNumber()).isTrue();
    }

    @Test
    void a_language_model_that_reads_backwards_is_refused() throws IOException {
        Files.writeString(folder.resolve("song.txt"), "row row row your boat\n".repeat(20));
        Files.writeString(
                folder.resolve("song.yaml"),
                "task: generate\ndata: {file: '%s'}\nmodel: {kind: gru}\n"
                        .formatted(at("song.txt")));
        Run refused =
                Run.of("train", at("song.yaml"), "--run", at("run"), "model.bidirectional=true");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("song.yaml: 'model.bidirectional'");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void a_missing_file_is_named_with_what_to_do() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                "task: classify\ndata: {file: nowhere.csv}\nmodel: {kind: lstm}\n");
        Run refused = Run.of("train", at("mine.yaml"), "--run", at("run"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("nowhere.csv");
    }
}
