package dev.unroll.cli;

import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll evaluate}: how good a run's model is on what it has never seen. */
@Command(
        name = "evaluate",
        description = {
            "Measures a run's model on its test set.",
            "Given several runs of one task, such as folds or seeds, also says each figure's mean,"
                    + " smallest and largest."
        })
final class Evaluate extends RunCommand {

    @Option(names = "--split", description = "One of ${COMPLETION-CANDIDATES}; TEST if left out.")
    Split split = Split.TEST;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; the recipe's if left out.")
    @Nullable Integer beam;

    @Parameters(
            index = "1..*",
            paramLabel = "RUN|key=value",
            description = "More runs, and changes to the recipe, like decoding.beam=1.")
    List<String> more = List.of();

    @Override
    public Integer call() throws IOException {
        SmallHeap.keep();
        List<Path> runs = new ArrayList<>(List.of(run));
        List<String> changes = new ArrayList<>();
        for (String one : more) {
            if (one.contains("=") && !Files.isDirectory(Path.of(one))) {
                changes.add(one);
            } else {
                runs.add(Path.of(one));
            }
        }
        if (beam != null) {
            changes.add("decoding.beam=" + beam);
        }
        if (runs.size() == 1) {
            Report report = report(run, changes);
            answer.give(report.metrics(), report.text());
            return 0;
        }
        requireOneTask(runs);
        List<Record> all = new ArrayList<>();
        for (Path one : runs) {
            Report report = report(one, changes);
            answer.people().println(one + "\n" + report.text());
            all.add(report.metrics());
        }
        Spread spread = Spread.of(all);
        answer.give(spread, spread.table());
        return 0;
    }

    /** Figures of different tasks have no mean. */
    private static void requireOneTask(List<Path> runs) throws IOException {
        Class<?> first = recipe(runs.getFirst()).getClass();
        for (Path one : runs) {
            if (!first.isInstance(recipe(one))) {
                throw new RunException(
                        ("%s is a run of another task than %s; runs that are evaluated together are"
                                        + " of one task")
                                .formatted(one, runs.getFirst()));
            }
        }
    }

    private static Recipe recipe(Path run) throws IOException {
        return Tasks.read(new RunFolder(run), List.of());
    }

    private Report report(Path directory, List<String> changes) throws IOException {
        RunFolder folder = new RunFolder(directory);
        folder.requireModel();
        Recipe recipe = Tasks.read(folder, changes);
        try (FetchView fetching = new FetchView(err())) {
            return Tasks.evaluate(recipe, folder, split, DataFiles.standard(fetching));
        }
    }
}
