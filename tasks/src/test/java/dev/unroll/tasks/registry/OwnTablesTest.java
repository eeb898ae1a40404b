package dev.unroll.tasks.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    void rows_that_cannot_be_read_are_told_under_the_figures(Task task) throws IOException {
        String text = measured(task, task.rows().repeat(20) + task.bad(), 0.3).text();
        assertThat(text).contains("accuracy").contains("own.csv:42: ");
    }
}
