package dev.unroll.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.faults.clocks.Clocks;
import dev.unroll.faults.disk.Disk;
import dev.unroll.faults.fuzz.Fuzzing;
import dev.unroll.faults.kills.Kills;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code unroll faults}. */
class FaultsTest {
    private static final int KILLS = 5;
    private static final int CASES = 4_000;

    @TempDir Path folder;

    private Outcome run(Part part) throws IOException, InterruptedException {
        Plan plan = new Plan(3, KILLS, CASES, 0.05, folder, Path.of("target", "faults-found"));
        return part.run(plan, line -> {});
    }

    @Test
    void each_task_has_a_sample() throws IOException {
        assertThat(Samples.all(folder))
                .extracting(Sample::task)
                .containsAll(Tasks.all().stream().map(Task::name).toList());
    }

    @Test
    void a_training_that_is_killed_goes_on_to_the_bits_of_an_unbroken_one()
            throws IOException, InterruptedException {
        Outcome outcome = run(new Kills());
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.figures().getFirst()).startsWith(KILLS + " kills");
    }

    @Test
    void a_file_of_a_run_that_is_damaged_is_told_and_gives_no_other_answers()
            throws IOException, InterruptedException {
        assertThat(run(Disk.shortForm()).faults()).isEmpty();
    }

    @Test
    void nothing_depends_on_the_time_of_day() throws IOException, InterruptedException {
        assertThat(run(new Clocks()).faults()).isEmpty();
    }

    @Test
    void a_reader_refuses_a_mutated_input_with_the_errors_it_documents_or_reads_it()
            throws IOException, InterruptedException {
        assertThat(run(new Fuzzing()).faults()).isEmpty();
    }
}
