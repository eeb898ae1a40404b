package dev.unroll.cli;

import dev.unroll.tasks.Report;
import dev.unroll.tasks.Split;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.job.Job;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll evaluate}: how good a run's model is on what it has never seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures a run's model on its test set.")
final class Evaluate implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    Path run = Path.of("");

    @Option(names = "--split", description = "One of ${COMPLETION-CANDIDATES}; TEST if left out.")
    Split split = Split.TEST;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; the recipe's if left out.")
    @Nullable Integer beam;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Changes to the recipe, like decoding.beam=1.")
    List<String> changes = List.of();

    @Mixin(name = Answer.NAME)
    Answer answer;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        List<String> all = new ArrayList<>(changes);
        if (beam != null) {
            all.add("decoding.beam=" + beam);
        }
        Recipe recipe = RecipeFile.read(folder.recipe(), all);
        if (!recipe.fixed().equals(folder.readRecipe().fixed())) {
            throw new RunException(
                    run + " cannot change its task, data or model: train another run for that");
        }
        try (FetchView fetching = new FetchView(answer.command.commandLine().getErr())) {
            Report report = Job.evaluate(recipe, folder, split, DataFiles.standard(fetching));
            answer.give(report.figures(), report.text());
        }
        return 0;
    }
}
