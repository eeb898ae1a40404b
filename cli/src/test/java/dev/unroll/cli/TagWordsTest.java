package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a file of your own to tags, by commands alone. */
class TagWordsTest {
    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    @BeforeAll
    static void train_on_a_file_of_your_own() throws IOException {
        String sentences =
                "to\tSMALL\nwalk\tVERB\n.\tMARK\n\n".repeat(30)
                        + "the\tSMALL\nwalk\tNOUN\n.\tMARK\n\n".repeat(30);
        Path file = Files.writeString(folder.resolve("own.tsv"), sentences + "lonely\n");
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        task: tag
                        data: {file: '%s'}
                        words: {kind: gru, characterWidth: 4, hidden: 4}
                        model: {kind: lstm, width: 8, hidden: 8}
                        training: {epochs: 20, learningRate: 0.02, batchTokens: 60}
                        """
                                .formatted(file));
        training = Run.of("train", recipe.toString(), "--run", run(), "--json");
    }

    private static String run() {
        return folder.resolve("run").toString();
    }

    private static JsonNode json(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void a_line_that_cannot_be_read_is_told() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).contains("own.tsv:241: it has 1 columns");
    }

    @Test
    void a_text_is_tagged_word_by_word() {
        Run tags = Run.of("tag", run(), "To walk. The walk.");
        assertThat(tags.exitCode()).as(tags.err()).isZero();
        assertThat(tags.out().replaceAll("\t[01]\\.\\d{4}", "").lines())
                .containsExactly(
                        "To\tSMALL",
                        "walk\tVERB",
                        ".\tMARK",
                        "",
                        "The\tSMALL",
                        "walk\tNOUN",
                        ".\tMARK",
                        "");
    }

    @Test
    void a_file_is_answered_as_one_object() throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), "to walk.\n\nthe walk.\n");
        JsonNode sentences =
                json(Run.of("tag", run(), file.toString(), "--json")).path("sentences");
        assertThat(sentences.size()).isEqualTo(2);
        JsonNode word = sentences.path(1).path("words").path(1);
        assertThat(word.path("word").asString()).isEqualTo("walk");
        assertThat(word.path("tag").asString()).isEqualTo("NOUN");
        assertThat(word.path("probability").asDouble()).isBetween(0.5, 1.0);
    }

    /** Programs read the tabs, and a decimal comma is none of theirs. */
    @Test
    void probabilities_have_a_point_in_every_country() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Run.of("tag", run(), "walk").out()).containsPattern("\t[01]\\.\\d{4}\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_text_is_refused(String text) {
        Run result = Run.of("tag", run(), text);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the text is empty");
    }

    @Test
    void a_file_that_is_not_utf_8_is_named() throws IOException {
        Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, '\n'});
        Run refused = Run.of("tag", run(), file.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("latin.txt:1: byte 2 of the line is not UTF-8");
    }

    @Test
    void evaluate_tells_of_lines_that_were_left_out() {
        assertThat(Run.of("evaluate", run()).out()).contains("own.tsv:241: it has 1 columns");
    }

    @Test
    void evaluate_has_a_row_for_each_tag() {
        assertThat(json(Run.of("evaluate", run(), "--json")).path("accuracy").asDouble())
                .isEqualTo(1);
        assertThat(Run.of("evaluate", run()).out())
                .contains("unknown words")
                .containsPattern("VERB +1.0000 +1.0000 +1.0000");
    }

    @Test
    void a_run_of_another_task_is_refused() {
        Run other = Run.of("classify", run(), "to walk");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("another task: 'tag'");
    }
}
