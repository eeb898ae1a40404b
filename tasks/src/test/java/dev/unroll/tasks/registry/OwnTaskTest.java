package dev.unroll.tasks.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.own.MajorityTask;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task outside of Unroll is one file, and one line that registers it. */
class OwnTaskTest {

    @Test
    void a_task_of_ones_own_is_found_by_the_name_in_a_recipe_trained_measured_and_loaded(
            @TempDir Path folder) throws IOException {
        Recipe recipe =
                Tasks.parse(
                        "{task: majority, bits: 7, training: {epochs: 200, learningRate: 0.05}}",
                        List.of(),
                        "recipe",
                        new ArrayList<>());
        RunFolder run = new RunFolder(folder);
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);

        Tasks.prepare(recipe, run, files).run();

        assertThat(Tasks.evaluate(recipe, run, Split.TEST, files).metrics())
                .isEqualTo(new MajorityTask.Score(1));
        assertThat(new MajorityTask().load(run).predictAll(List.of(0b1111000, 0b0000111)))
                .containsExactly(true, false);
    }
}
