package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run becomes ONNX files by one command. */
class ExportTest {
    @TempDir static Path folder;

    @BeforeAll
    static void train() throws IOException {
        Path table =
                Files.writeString(
                        folder.resolve("own.csv"),
                        "text,label\n" + "good thing,yes\nbad thing,no\n".repeat(40));
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        task: classify
                        data: {file: '%s'}
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                        training: {epochs: 1, batchTokens: 60}
                        """
                                .formatted(table));
        Run.done(Run.of("train", recipe.toString(), "--run", run()));
    }

    private static String run() {
        return folder.resolve("run").toString();
    }

    @Test
    void a_runs_network_recipe_classes_and_tokenizer_are_in_the_file() throws IOException {
        Path file = folder.resolve("classifier.onnx");

        Run exported = Run.done(Run.of("export", run(), "--onnx", file.toString()));

        assertThat(exported.out()).contains("input_ids [batch, time]", "logits [batch, 2]");
        OnnxModel model = OnnxModel.read(file);
        assertThat(model.metadata()).containsEntry("unroll.task", "classify");
        assertThat(String.join(" ", model.metadata().values())).contains("yes", "thing");
        assertThat(model.graph().nodes()).anyMatch(node -> node.operator().equals("GRU"));
    }

    @Test
    void a_folder_without_a_run_is_refused() {
        Run refused = Run.of("export", folder.toString(), "--onnx", "x.onnx");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(folder.toString());
    }
}
