package dev.unroll.tasks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.NonFiniteException;
import dev.unroll.train.Objective;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import dev.unroll.train.Sgd;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    @TempDir Path directory;

    /** One weight that begins at 1 and falls by 0.125 each epoch; losses as they are given. */
    private record Falling(Linear model, Iterator<Double> losses, int batches)
            implements Objective<Integer> {
        static Falling with(Double... losses) {
            return ofBatches(1, losses);
        }

        static Falling ofBatches(int batches, Double... losses) {
            return new Falling(
                    new Linear(Parameter.of(new float[] {1}, 1, 1), null),
                    Arrays.asList(losses).iterator(),
                    batches);
        }

        @Override
        public Map<String, Parameter> parameters() {
            return Parameters.of(model);
        }

        @Override
        public List<Integer> batches(int epoch) {
            return Collections.nCopies(batches, epoch);
        }

        @Override
        public Tensor loss(Integer batch, Mode mode) {
            return model.weight().value().sum();
        }

        @Override
        public int tokens(Integer batch) {
            return 1;
        }

        @Override
        public Map<String, Double> validate() {
            return Map.of("loss", losses.next());
        }
    }

    private RunFolder train(Falling objective, String... changes) throws IOException {
        prepare(objective, changes).run();
        return new RunFolder(directory);
    }

    private TrainingRun prepare(Falling objective, String... changes) throws IOException {
        String yaml =
                """
                task: translate
                data: {set: dates}
                tokenizer: {kind: characters}
                model: {kind: lstm, width: 4, hidden: 4}
                training: {learningRate: 0.125, epochs: 4, optimiser: {kind: sgd, momentum: 0}}
                """;
        TranslationRecipe recipe = RecipeFile.parse(TranslationRecipe.class, yaml, changes);
        RunFolder folder = new RunFolder(directory);
        return TrainingRun.of(folder, recipe, objective.model(), objective, "falling", List.of());
    }

    private static float stored(RunFolder folder) throws IOException {
        Linear model = new Linear(Parameter.full(0, 1, 1), null);
        Weights.load(model, folder.model());
        return model.weight().value().toArray()[0];
    }

    @Test
    void a_training_ends_with_its_best_weights_in_its_folder_and_in_its_network()
            throws IOException {
        Falling objective = Falling.with(3.0, 1.0, 2.0, 2.5);
        assertThat(stored(train(objective))).isEqualTo(0.75f);
        assertThat(objective.model().weight().value().toArray()).containsExactly(0.75f);
    }

    @Test
    void the_best_weights_stay_when_a_training_goes_on_and_finds_none_better() throws IOException {
        train(Falling.with(3.0, 1.0), "training.epochs=2");
        Falling further = Falling.with(2.0, 1.5);
        assertThat(stored(train(further))).isEqualTo(0.75f);
        assertThat(further.model().weight().value().toArray()).containsExactly(0.75f);
    }

    @Test
    void a_training_that_averages_ends_with_the_mean_of_its_last_weights() throws IOException {
        Falling objective = Falling.with(1.0, 2.0, 3.0, 4.0);
        assertThat(stored(train(objective, "training.validation.average=2"))).isEqualTo(0.5625f);
        assertThat(objective.model().weight().value().toArray()).containsExactly(0.5625f);
    }

    @Test
    void where_no_figure_is_a_number_the_last_weights_are_kept() throws IOException {
        Falling objective = Falling.with(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(stored(train(objective))).isEqualTo(0.5f);
    }

    /** Weights and progress to go on from. */
    private Checkpointed last() throws IOException {
        Map<String, Parameter> parameters = Parameters.of(Falling.with().model());
        OptimiserState state = OptimiserState.of(new Sgd(0, false, 0), parameters);
        Progress progress = Checkpoint.load(new RunFolder(directory).last(), parameters, state);
        return new Checkpointed(
                progress.step(), parameters.values().iterator().next().value().toArray()[0]);
    }

    private record Checkpointed(long step, float weight) {}

    @Test
    void a_checkpoint_of_weights_that_are_not_finite_does_not_take_the_place_of_a_good_one()
            throws IOException {
        train(Falling.with(1.0), "training.epochs=1");
        assertThatThrownBy(
                        () ->
                                train(
                                        Falling.with(2.0, 2.0),
                                        "training.epochs=3",
                                        "training.learningRate=1e38"))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("step 2: parameter 'weight'")
                .hasMessageContaining("the checkpoint before it is kept in " + directory)
                .hasMessageContaining("training.onNan=back");
        assertThat(last()).isEqualTo(new Checkpointed(1, 0.875f));
        assertThat(stored(train(Falling.with(0.5), "training.epochs=2"))).isEqualTo(0.75f);
    }

    @Test
    void a_training_whose_time_is_up_is_saved_where_it_stands_and_leaves_its_best_weights()
            throws IOException {
        Falling objective = Falling.ofBatches(3, 1.0, 2.0);
        AtomicInteger steps = new AtomicInteger();
        prepare(objective, "training.epochs=9")
                .run(plan -> {}, () -> steps.getAndIncrement() == 5, event -> {});
        train(Falling.ofBatches(3), "training.epochs=9", "training.minutes=1e-9");
        assertThat(last()).isEqualTo(new Checkpointed(5, 0.375f));
        assertThat(stored(new RunFolder(directory))).isEqualTo(0.625f);
    }

    @Test
    void a_training_whose_time_is_up_before_its_first_measurement_can_go_on() throws IOException {
        train(Falling.ofBatches(3), "training.minutes=1e-9");
        assertThat(TrainingRun.goesOn(new RunFolder(directory))).isTrue();
        assertThat(stored(new RunFolder(directory))).isEqualTo(1);
    }

    @Test
    void a_training_that_dies_goes_on_from_its_last_checkpoint_by_steps_to_the_same_bits()
            throws IOException {
        Falling killed = Falling.ofBatches(7, 1.0);
        assertThatThrownBy(
                        () ->
                                prepare(killed, "training.checkpoint.steps=2")
                                        .run(
                                                plan -> {},
                                                () -> false,
                                                event -> {
                                                    if (killed.model().weight().value().toArray()[0]
                                                            == 1 - 5 * 0.125f) {
                                                        throw new IllegalStateException("killed");
                                                    }
                                                }))
                .hasMessage("killed");
        List<Long> done = new ArrayList<>();
        Falling further = Falling.ofBatches(7, 1.0, 2.0, 3.0, 4.0);
        prepare(further, "training.checkpoint.steps=2")
                .run(plan -> done.add(plan.done()), () -> false, event -> {});
        assertThat(done).containsExactly(4L);
        assertThat(last()).isEqualTo(new Checkpointed(28, 1 - 28 * 0.125f));
        assertThat(stored(new RunFolder(directory))).isEqualTo(0.125f);
    }

    @Test
    void
            a_checkpoint_that_cannot_be_written_leaves_the_one_before_and_the_training_goes_on_from_it()
                    throws IOException {
        Path checkpoints = directory.resolve("checkpoints");
        Path aside = directory.resolve("aside");
        assertThatThrownBy(
                        () ->
                                prepare(Falling.with(2.0, 1.0))
                                        .run(
                                                plan -> {},
                                                () -> false,
                                                event -> {
                                                    if (event instanceof TrainingEvent.Stepped s
                                                            && s.progress().step() == 2) {
                                                        move(checkpoints, aside);
                                                        write(checkpoints, "in the way");
                                                    }
                                                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("go on with this run: " + directory);
        Files.delete(checkpoints);
        move(aside, checkpoints);
        assertThat(last()).isEqualTo(new Checkpointed(1, 0.875f));
        assertThat(stored(train(Falling.with(1.0, 2.0, 3.0)))).isEqualTo(0.75f);
        assertThat(last()).isEqualTo(new Checkpointed(4, 0.5f));
    }

    @Test
    void weights_that_cannot_be_written_leave_the_best_before_them() throws IOException {
        train(Falling.with(1.0), "training.epochs=1");
        Path model = new RunFolder(directory).model();
        byte[] best = Files.readAllBytes(model);
        Path checkpoint = new RunFolder(directory).last();
        byte[] before = Files.readAllBytes(checkpoint);
        Path aside = directory.resolve("aside");
        assertThatThrownBy(
                        () ->
                                prepare(Falling.with(0.5), "training.epochs=2")
                                        .run(
                                                plan -> {},
                                                () -> false,
                                                event -> {
                                                    if (event instanceof TrainingEvent.Stepped) {
                                                        move(model, aside);
                                                        mkdirs(model.resolve("in the way"));
                                                    }
                                                }))
                .hasMessageContaining("the checkpoint of step 1 is kept");
        assertThat(Files.readAllBytes(checkpoint)).isEqualTo(before);
        Files.delete(model.resolve("in the way"));
        Files.delete(model);
        move(aside, model);
        assertThat(Files.readAllBytes(model)).isEqualTo(best);
        assertThat(stored(train(Falling.with(0.5), "training.epochs=2"))).isEqualTo(0.75f);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mkdirs(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_folder_that_is_being_trained_is_refused_to_a_second_training_and_its_holder_named()
            throws IOException {
        List<String> refusals = new ArrayList<>();
        prepare(Falling.with(1.0), "training.epochs=1")
                .run(
                        plan ->
                                assertThatThrownBy(() -> prepare(Falling.with(1.0)))
                                        .isInstanceOf(RunException.class)
                                        .satisfies(e -> refusals.add(e.getMessage())),
                        () -> false,
                        event -> {});
        assertThat(refusals)
                .singleElement()
                .asString()
                .contains("is being trained by this process", "into another folder");
        train(Falling.with(1.0), "training.epochs=2");
    }

    @Test
    void a_checkpoint_that_is_changed_or_taken_away_is_told_before_a_training_goes_on()
            throws IOException {
        train(Falling.with(1.0, 2.0), "training.epochs=2", "training.validation.average=2");
        Path last = new RunFolder(directory).last();
        byte[] whole = Files.readAllBytes(last);
        byte[] flipped = whole.clone();
        flipped[whole.length - 1] ^= 1;
        Files.write(last, flipped);
        assertThatThrownBy(() -> prepare(Falling.with(1.0)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("checkpoints/last.safetensors is not as it was written");
        Files.write(last, whole);
        Files.delete(directory.resolve("checkpoints/step-000000001.safetensors"));
        assertThatThrownBy(() -> prepare(Falling.with(1.0)))
                .hasMessageContaining("checkpoints/step-000000001.safetensors is missing");
        Files.delete(directory.resolve("manifest.json"));
        prepare(Falling.with(1.0));
    }

    @Test
    void a_folder_of_checkpoints_that_is_a_link_is_neither_emptied_nor_written_through()
            throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path other = Files.writeString(elsewhere.resolve("other.safetensors"), "not of this run");
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.createSymbolicLink(run.resolve("checkpoints"), elsewhere);
        new RunFolder(run).clear();
        assertThat(other).exists();
        assertThatThrownBy(() -> TrainingRun.claim(new RunFolder(run)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("symbolic link");
    }

    @Test
    void a_training_that_ends_worse_than_it_began_has_diverged() {
        assertThat(new TrainingCourse.Ends(4, 1.3e30).isDiverged()).isTrue();
        assertThat(new TrainingCourse.Ends(4, Double.NaN).isDiverged()).isTrue();
        assertThat(new TrainingCourse.Ends(4, 4.1).isDiverged()).isFalse();
        assertThat(new TrainingCourse.Ends(4, 1.3e30).told())
                .contains("1.3", "worse than", "training.learningRate");
    }
}
