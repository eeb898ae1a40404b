package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands check the files of a run and find data that were moved. */
class RunFilesTest {
    @TempDir Path folder;

    private Path trained() throws IOException {
        List<String> rows = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < 60; i++) {
            rows.add("a %s film %d,%s".formatted(i % 2 == 0 ? "good" : "bad", i, i % 2));
        }
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.write(project.resolve("films.csv"), rows);
        Path recipe =
                Files.writeString(
                        project.resolve("films.yaml"),
                        """
                        task: classify
                        data: {file: films.csv}
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 4}
                        training: {epochs: 1}
                        """);
        Path run = folder.resolve("run");
        Run train = Run.of("train", recipe.toString(), "--run", run.toString());
        assertThat(train.exitCode()).as(train.err()).isZero();
        return run;
    }

    @Test
    void a_file_of_a_run_that_is_not_as_it_was_written_is_told_by_inspect_and_when_it_is_used()
            throws IOException {
        Path run = trained();
        Run intact = Run.of("inspect", run.toString(), "--verify");
        assertThat(intact.exitCode()).as(intact.out()).isZero();
        assertThat(intact.out()).contains("intact    model.safetensors", "intact    classes.json");

        byte[] bytes = Files.readAllBytes(run.resolve("model.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(run.resolve("model.safetensors"), bytes);
        Files.delete(run.resolve("checkpoints/last.safetensors"));
        Run damaged = Run.of("inspect", run.toString(), "--verify");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.out())
                .contains("changed   model.safetensors", "missing   checkpoints/last.safetensors");
        Run used = Run.of("classify", run.toString(), "a good film");
        assertThat(used.exitCode()).isEqualTo(1);
        assertThat(used.err()).contains("model.safetensors is not as it was written");

        Files.delete(run.resolve("manifest.json"));
        assertThat(Run.of("classify", run.toString(), "a good film").exitCode()).isZero();
        assertThat(Run.of("inspect", run.toString(), "--verify").out())
                .contains("has no manifest.json");
    }

    @ParameterizedTest
    @CsvSource({"layers: 1,11", "width: 4,1111"})
    void a_recipe_that_asks_for_a_network_larger_than_the_weights_is_refused_before_it_is_made(
            String setting, String more) throws IOException {
        Path run = trained();
        Path recipe = run.resolve("recipe.yaml");
        String written = Files.readString(recipe);
        assertThat(written).contains(setting);
        Files.writeString(recipe, written.replace(setting, setting + more));
        Run used = Run.of("classify", run.toString(), "a good film");
        assertThat(used.exitCode()).isEqualTo(1);
        assertThat(used.err()).contains("a network of more than the");
    }

    @Test
    void files_of_a_recipe_lie_beside_it_and_a_run_takes_another_place_for_them()
            throws IOException {
        Path run = trained();
        assertThat(Run.of("evaluate", run.toString()).exitCode()).isZero();
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(folder.resolve("project"), elsewhere);
        Run lost = Run.of("evaluate", run.toString());
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err()).contains("'data.file': there is no ", "films.csv", "data.file=PATH");
        Run found =
                Run.of("evaluate", run.toString(), "data.file=" + elsewhere.resolve("films.csv"));
        assertThat(found.exitCode()).as(found.err()).isZero();
    }

    @Test
    void a_run_that_is_complete_has_nothing_to_do_and_says_so() throws IOException {
        Run again = Run.of("train", trained().toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("nothing to do: all epochs are done");
    }
}
