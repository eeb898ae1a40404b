package dev.unroll.cli;

import static dev.unroll.cli.Run.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.onnx.OnnxModel;
import dev.unroll.tasks.embedding.TextEncoder;
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

    private static float[] vector(Path encoder, String text) throws IOException {
        return TextEncoder.load(encoder).predict(text);
    }

    @Test
    void a_trained_encoder_becomes_a_folder_of_the_form_that_it_was_read_from() throws IOException {
        Path written = folder.resolve("written");

        Run exported = done(Run.of("export", run(), "--hugging-face", written.toString()));

        assertThat(exported.out()).contains("model.safetensors", "tokenizer.json", "modules.json");
        assertThat(vector(written, "left")).isEqualTo(vector(Path.of(run()), "left"));
        assertThat(vector(written, "left"))
                .isNotEqualTo(vector(folder.resolve("bert"), "left")); // it has learnt
        Run again = Run.of("export", run(), "--hugging-face", written.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is not empty");
    }

    @Test
    void a_trained_encoder_and_an_imported_one_become_onnx_files_that_give_vectors()
            throws IOException {
        Path imported = folder.resolve("imported");
        done(Run.of("import", folder.resolve("bert").toString(), "--run", imported.toString()));
        for (String encoder : List.of(run(), imported.toString())) {
            Path file = folder.resolve("encoder.onnx");
            assertThat(done(Run.of("export", encoder, "--onnx", file.toString())).out())
                    .contains("token_type_ids [batch, time]", "sentence_embedding [batch, 8]");
            assertThat(OnnxModel.read(file).metadata())
                    .containsEntry("unroll.task", "embed")
                    .containsKey("unroll.tokenizer.json");
        }
        assertThat(OnnxModel.read(folder.resolve("encoder.onnx")).metadata())
                .containsKeys("unroll.config.json", "unroll.1_Pooling/config.json");
        Run copied = Run.of("export", imported.toString(), "--hugging-face", folder + "/copy");
        assertThat(copied.exitCode()).isEqualTo(2);
        assertThat(copied.err()).contains("has Hugging Face's form already");
    }

    @Test
    void a_fine_tuned_classifier_becomes_an_onnx_file_and_no_folder() throws IOException {
        Path table =
                Files.writeString(
                        folder.resolve("labels.csv"),
                        "text,label\n" + "hot up,yes\ncold down,no\n".repeat(20));
        Path recipe =
                Files.writeString(
                        folder.resolve("classify.yaml"),
                        """
                        task: classify
                        data: {file: '%s'}
                        model: {pretrained: '%s', dropout: 0}
                        pooling: mean
                        training: {epochs: 1}
                        """
                                .formatted(table, folder.resolve("bert")));
        String classifier = folder.resolve("classifier").toString();
        done(Run.of("train", recipe.toString(), "--run", classifier));
        String file = folder.resolve("classifier.onnx").toString();
        assertThat(done(Run.of("export", classifier, "--onnx", file)).out())
                .contains("token_type_ids [batch, time]", "logits [batch, 2]");
        Run refused = Run.of("export", classifier, "--hugging-face", folder + "/none");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("a run of 'classify'", "give --onnx");
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
