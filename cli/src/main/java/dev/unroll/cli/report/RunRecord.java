package dev.unroll.cli.report;

import dev.unroll.tasks.Sample;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunMachine;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.watch.AttentionMap;
import dev.unroll.watch.Diagnosis;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report says of a run.
 *
 * @param name short, for the labels of charts
 * @param folder its files
 * @param recipe what was trained on what, and how
 * @param course of its training
 * @param seen by a watch, in the order of the steps; the last may be made for the report
 * @param attention maps, those that were seen last
 * @param answers examples with the model's answers, and the data's files
 * @param remarks what could not be shown, and why
 */
record RunRecord(
        String name,
        RunFolder folder,
        Recipe recipe,
        TrainingCourse course,
        List<Diagnosis> seen,
        List<AttentionMap> attention,
        Answers answers,
        List<String> remarks) {

    /**
     * The parts that need the run's data or machine.
     *
     * @param samples with the model's answers
     * @param files of the data
     * @param machine that the training began on, where it was noted
     */
    record Answers(List<Sample> samples, List<DataSum> files, Optional<RunMachine> machine) {}

    /** {@return the last diagnosis, if there is one} */
    Optional<Diagnosis> last() {
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast());
    }
}
