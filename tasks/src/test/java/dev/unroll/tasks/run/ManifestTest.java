package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final RunEnvironment HERE = RunEnvironment.here();

    @TempDir Path directory;
    private RunFolder run = new RunFolder(Path.of(""));

    @BeforeEach
    void weights() throws IOException {
        run = new RunFolder(directory);
        Files.writeString(run.recipe(), "task: translate\n");
        Files.writeString(run.model(), "weights");
    }

    private static RunOrigin trained(RunEnvironment... environments) {
        return new RunOrigin("translate", 1, List.of(environments), null);
    }

    private static RunEnvironment elsewhere(String arithmetic, String random) {
        return new RunEnvironment(
                HERE.unroll(), HERE.java(), HERE.architecture(), arithmetic, random);
    }

    @Test
    void what_is_written_is_read_again() throws IOException {
        Manifest.write(run, trained(HERE));
        Manifest read = Manifest.read(run).orElseThrow();
        assertThat(read.origin()).contains(trained(HERE));
        assertThat(read.states(run))
                .containsOnlyKeys("model.safetensors", "recipe.yaml")
                .containsValue(Manifest.State.INTACT);
        assertThat(Manifest.computesElse(run)).isEmpty();
        assertThat(Manifest.goesOnElse(run)).isEmpty();
        assertThat(HERE.unroll()).matches("\\d+\\.\\d+.*");
    }

    @Test
    void vectors_of_another_width_are_told_in_a_line() throws IOException {
        Manifest.write(run, trained(HERE, elsewhere("vector, 64 bits", HERE.random())));
        assertThat(Manifest.computesElse(run).orElseThrow())
                .contains("trained with vector, 64 bits", "here with " + HERE.text())
                .doesNotContain("\n");
        assertThat(Manifest.goesOnElse(run))
                .singleElement()
                .asString()
                .contains("vector, 64 bits", "to other bits");
    }

    @Test
    void another_generator_of_random_numbers_is_told_when_a_training_goes_on() throws IOException {
        Manifest.write(run, trained(elsewhere(HERE.arithmetic(), "another")));
        assertThat(Manifest.computesElse(run)).isEmpty();
        assertThat(Manifest.goesOnElse(run)).singleElement().asString().contains("other noise");
    }

    @Test
    void a_manifest_of_checksums_alone_is_read_and_its_random_numbers_are_taken_for_others()
            throws IOException {
        Files.writeString(run.manifest(), "{\"sha256\": {\"model.safetensors\": \"00\"}}");
        Manifest read = Manifest.read(run).orElseThrow();
        assertThat(read.origin()).isEqualTo(Optional.empty());
        assertThat(read.states(run)).containsEntry("model.safetensors", Manifest.State.CHANGED);
        assertThat(Manifest.computesElse(run)).isEmpty();
        assertThat(Manifest.goesOnElse(run)).singleElement().asString().contains("other noise");
    }

    @Test
    void a_manifest_of_a_later_version_and_a_damaged_one_are_refused() throws IOException {
        Files.writeString(run.manifest(), "{\"format\": 99, \"sha256\": {}}");
        assertThatThrownBy(() -> Manifest.read(run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("a later version");
        for (String damaged :
                List.of(
                        "{\"format\": 2",
                        "{\"format\": 2}",
                        "{\"sha256\": {}, \"origin\": {\"task\": \"a\", \"environments\": []}}")) {
            Files.writeString(run.manifest(), damaged);
            assertThatThrownBy(() -> Manifest.read(run))
                    .as(damaged)
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("damaged");
        }
    }
}
