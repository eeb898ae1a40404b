package dev.unroll.cli;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.DiagnosisLog;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Diagnosis.Clipping;
import dev.unroll.watch.ObservedPass;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unroll diagnose}: what the gradients, gates and heads of a trained run do. */
@Command(
        name = "diagnose",
        description = {
            "Looks at the gradients of a trained run, in one pass over a batch of its training set:",
            "by layer and time step, with its gates, units and attention heads, and a verdict."
        })
final class Diagnose extends RunCommand {

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Changes to the recipe, like training.batchTokens=1000.")
    List<String> changes = List.of();

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        Recipe recipe = Tasks.read(folder, changes);
        Diagnosis seen;
        try (FetchView fetching = new FetchView(err())) {
            DataFiles files = DataFiles.standard(fetching);
            seen = ObservedPass.ofFirstBatch(Tasks.objective(recipe, folder, files)).diagnosis();
        }
        Diagnosis whole = seen.with(clipping(recipe, folder));
        answer.give(DiagnosisLog.line(whole), DiagnosisTable.of(whole));
        return 0;
    }

    /** The clipping of all steps of the training. */
    private static Clipping clipping(Recipe recipe, RunFolder folder) throws IOException {
        return TrainingCourse.read(folder).clipping(recipe.training().clip().toClip());
    }
}
