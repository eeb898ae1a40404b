package dev.unroll.tasks.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.run.RunEnvironment;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way from a table of your own to a measured model. */
class OwnTablesTest {

    /**
     * A task, and a table for it.
     *
     * @param rows two, of two classes
     * @param bad a row that cannot be read
     * @param key of the recipe that fills the test part
     */
    record Task(String recipe, String header, String rows, String bad, String key) {}

    static Stream<Task> tasks() {
        return Stream.of(
                new Task(
                        """
                        task: classify
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 4, hidden: 4}
                        training: {epochs: 1}
                        """,
                        "label,text\n",
                        "good,a fine day\nbad,an awful day\n",
                        "good\n",
                        "'data.testFile'"),
                new Task(
                        """
                        task: tag
                        data: {text: words}
                        words: {kind: gru, characterWidth: 4, hidden: 4}
                        model: {kind: gru, width: 4, hidden: 4}
                        training: {epochs: 1}
                        """,
                        "tags,words\n",
                        "SMALL VERB,to walk\nNOUN,walks\n",
                        "SMALL,a walk\n",
                        "'data.testFile'"),
                new Task(
                        """
                        task: label-frames
                        data: {columns: [x], window: 8}
                        model: {kind: gru, width: 4, hidden: 4}
                        training: {epochs: 1}
                        """,
                        "x,label\n",
                        "0.5,up\n-0.5,down\n",
                        "wide,up\n",
                        "'data.heldOut'"));
    }

    @TempDir Path folder;

    private Report measured(Task task, String rows, double test) throws IOException {
        Path table = Files.writeString(folder.resolve("own.csv"), task.header() + rows);
        List<String> data = List.of("data.set=own", "data.file=" + table, "data.test=" + test);
        var recipe = Tasks.parse(task.recipe(), data, "recipe.yaml", new ArrayList<>());
        var run = new RunFolder(folder.resolve("run"));
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        Tasks.prepare(recipe, run, files).run();
        return Tasks.evaluate(recipe, run, Split.TEST, files);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void an_empty_test_part_is_refused_with_the_keys_that_fill_it(Task task) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(task, task.rows().repeat(20), 0))
                .withMessageContaining("own.csv: the test part is empty")
                .withMessageContaining(task.key());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void a_run_and_its_data_that_were_moved_are_measured_alike_and_go_on(Task task)
            throws IOException {
        String before = measured(task, task.rows().repeat(20), 0.3).text();
        Path place = Files.createDirectory(folder.resolve("place"));
        Path table = Files.move(folder.resolve("own.csv"), place.resolve("own.csv"));
        RunFolder run = new RunFolder(Files.move(folder.resolve("run"), place.resolve("moved")));
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        var recipe = Tasks.read(run, List.of("data.file=" + table, "training.epochs=2"));
        assertThat(Tasks.evaluate(recipe, run, Split.TEST, files).text()).isEqualTo(before);
        List<String> remarks = new ArrayList<>();
        Tasks.prepare(recipe, run, files)
                .run(plan -> remarks.addAll(plan.remarks()), () -> false, event -> {});
        assertThat(remarks).noneMatch(remark -> remark.contains("have changed"));
        assertThat(Tasks.evaluate(Tasks.read(run, List.of()), run, Split.TEST, files).text())
                .doesNotContain("have changed");
    }

    @Test
    void a_run_of_other_vectors_says_so_under_its_figures_and_when_it_goes_on() throws IOException {
        Task task = tasks().findFirst().orElseThrow();
        measured(task, task.rows().repeat(20), 0.3);
        RunFolder run = new RunFolder(folder.resolve("run"));
        String here = RunEnvironment.here().arithmetic();
        Files.writeString(
                run.manifest(),
                Files.readString(run.manifest()).replace('"' + here + '"', "\"vector, 64 bits\""));
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        assertThat(Tasks.evaluate(Tasks.read(run, List.of()), run, Split.TEST, files).text())
                .contains("trained with vector, 64 bits");
        List<String> remarks = new ArrayList<>();
        Tasks.prepare(Tasks.read(run, List.of("training.epochs=2")), run, files)
                .run(plan -> remarks.addAll(plan.remarks()), () -> false, event -> {});
        assertThat(remarks).anyMatch(remark -> remark.contains("was trained with vector, 64 bits"));
        assertThat(Files.readString(run.manifest())).contains("vector, 64 bits", here);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void rows_that_cannot_be_read_are_told_under_the_figures(Task task) throws IOException {
        String text = measured(task, task.rows().repeat(20) + task.bad(), 0.3).text();
        assertThat(text).contains("accuracy").contains("own.csv:42: ");
    }
}
