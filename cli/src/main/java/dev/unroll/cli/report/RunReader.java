package dev.unroll.cli.report;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.DiagnosisLog;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunMachine;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.watch.AttentionMap;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Observed;
import dev.unroll.watch.ObservedPass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a report says of a run. What needs data that are not here is left out and said so. */
final class RunReader {
    /** Examples that are shown. */
    private static final int SAMPLES = 12;

    private final DataFiles files;

    RunReader(DataFiles files) {
        this.files = files;
    }

    /**
     * Reads a run, without fetching data or computing anything if {@code brief}.
     *
     * @throws RunException if it is no run, or its training has not begun, or a file is damaged
     */
    RunRecord read(Path directory, boolean brief) throws IOException {
        RunFolder folder = new RunFolder(directory);
        Recipe recipe = Tasks.read(folder, List.of());
        TrainingCourse course = TrainingCourse.read(folder);
        if (course.steps().isEmpty()) {
            throw new RunException(
                    "%s has no step of a training yet: nothing to report".formatted(directory));
        }
        List<String> remarks = new ArrayList<>();
        List<Diagnosis> seen = new ArrayList<>(DiagnosisLog.read(folder));
        List<AttentionMap> attention = new ArrayList<>(DiagnosisLog.attention(folder));
        List<Sample> samples = new ArrayList<>();
        if (brief) {
            remarks.add("Examples were left out, as `--brief` asks for.");
        } else if (!Files.isRegularFile(folder.model())) {
            remarks.add(
                    "The training has not been finished, so there are no weights to use and no"
                            + " examples.");
        } else {
            look(recipe, folder, seen, attention, remarks);
            answer(recipe, folder, samples, remarks);
        }
        return new RunRecord(
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
                folder,
                recipe,
                course,
                seen,
                attention,
                new RunRecord.Answers(samples, DataSum.of(recipe, files), RunMachine.read(folder)),
                remarks);
    }

    /** A run that was not watched is looked at now. */
    private void look(
            Recipe recipe,
            RunFolder folder,
            List<Diagnosis> seen,
            List<AttentionMap> attention,
            List<String> remarks)
            throws IOException {
        if (!seen.isEmpty()) {
            return;
        }
        try {
            Observed observed = ObservedPass.ofFirstBatch(Tasks.objective(recipe, folder, files));
            seen.add(
                    observed.diagnosis()
                            .with(
                                    TrainingCourse.read(folder)
                                            .clipping(recipe.training().clip().toClip())));
            attention.addAll(observed.attention());
            remarks.add(
                    "The training was not watched (`unroll train --watch`): gradients are those of"
                            + " one batch with the final weights.");
        } catch (IllegalArgumentException | IOException e) {
            remarks.add("Gradients could not be looked at: " + e.getMessage());
        }
    }

    private void answer(
            Recipe recipe, RunFolder folder, List<Sample> samples, List<String> remarks) {
        try {
            samples.addAll(Tasks.samples(recipe, folder, SAMPLES, files));
        } catch (IllegalArgumentException | IOException e) {
            remarks.add("Examples could not be answered: " + e.getMessage());
        }
    }
}
