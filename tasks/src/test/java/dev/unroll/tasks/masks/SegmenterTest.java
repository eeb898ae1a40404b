package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Split;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.formats.safetensors.Weights;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.ConvGru;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, on made videos. */
class SegmenterTest {

    @TempDir Path folder;

    private MovingSquares videos;

    @BeforeEach
    void make_videos() throws IOException {
        videos = MovingSquares.in(folder);
    }

    private MaskRecipe recipe(String kind, String... changes) {
        return videos.recipe(kind, changes);
    }

    private Path train(MaskRecipe recipe) throws IOException {
        Path run = folder.resolve("run");
        MaskTask.TASK.prepare(recipe, new RunFolder(run), MovingSquares.NO_FILES).run();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm", "transformer"})
    void a_network_with_memory_follows_the_object_that_was_given(String kind) throws IOException {
        Path run = train(recipe(kind));
        Report report =
                MaskTask.TASK.evaluate(
                        recipe(kind), new RunFolder(run), Split.TEST, MovingSquares.NO_FILES);
        MaskReport metrics = (MaskReport) report.metrics();
        assertThat(metrics.parts()).containsOnlyKeys("held-out videos", "later frames");
        MaskReport.Scores heldOut = Objects.requireNonNull(metrics.parts().get("held-out videos"));
        assertThat(heldOut.found().region()).isGreaterThan(heldOut.copied().region());
        assertThat(heldOut.found().region()).isGreaterThan(0.6);
    }

    @Test
    void masks_come_in_the_size_of_the_video() throws IOException {
        Path run = train(recipe("gru", "training.epochs=1", "data.batches=1"));
        List<Image> frames =
                MovingSquares.given(0).frames().stream().map(f -> f.resized(33, 21)).toList();
        List<ImageMask> masks =
                Segmenter.load(run)
                        .predict(
                                new GivenVideo(
                                        "odd", frames, MovingSquares.mask(0, 0).resized(33, 21)));
        assertThat(masks).hasSize(14).allMatch(m -> m.width() == 33 && m.height() == 21);
    }

    @Test
    void a_part_without_videos_is_said_to_be_empty_and_no_part_at_all_is_refused()
            throws IOException {
        for (int video = 0; video < 6; video++) {
            videos.cut(video, 10);
        }
        MaskRecipe recipe = recipe("gru", "data.heldOut=[]", "training.epochs=1", "data.batches=1");
        RunFolder run = new RunFolder(folder.resolve("run"));
        List<String> remarks = new ArrayList<>();
        MaskTask.TASK
                .prepare(recipe, run, MovingSquares.NO_FILES)
                .run(plan -> remarks.addAll(plan.remarks()), () -> false, event -> {});
        assertThat(remarks).singleElement().asString().contains("(17 frames always are)");
        Report report = MaskTask.TASK.evaluate(recipe, run, Split.TEST, MovingSquares.NO_FILES);
        assertThat(report.text()).contains("held-out videos  none: nothing to measure on");
        assertThat(((MaskReport) report.metrics()).parts()).containsOnlyKeys("later frames");
        assertThatThrownBy(
                        () ->
                                MaskTask.TASK.evaluate(
                                        recipe, run, Split.VALIDATION, MovingSquares.NO_FILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the validation part is empty");
    }

    @Test
    void a_kind_of_memory_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> recipe("elman"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("model.kind", "no convolutional elman network", "gru");
        assertThatThrownBy(() -> recipe("gru", "model.bidirectional=true"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("leave the other keys out", "the first mask is given");
        assertThatThrownBy(() -> recipe("gru", "model.layers=0"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'model.layers' is at least 1");
        assertThatThrownBy(() -> recipe("gru", "data.width=41"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("data.width");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm", "transformer"})
    void two_layers_are_learnt_saved_and_loaded(String kind) throws IOException {
        MaskRecipe recipe = recipe(kind, "model.layers=2", "training.epochs=1", "data.batches=2");
        Path run = train(recipe);
        Map<String, Parameter> first = Parameters.of(MaskNetworks.of(recipe, new Seed(1)));
        MaskNetwork<?> learnt = MaskNetworks.of(recipe, Seed.BLANK);
        Weights.load(learnt, run.resolve("model.safetensors"));
        List<String> upper =
                first.keySet().stream().filter(n -> n.startsWith("memory.layers.1.")).toList();
        assertThat(upper).isNotEmpty();
        for (String name : upper) {
            Parameter parameter = Objects.requireNonNull(Parameters.of(learnt).get(name));
            assertThat(parameter.value().toArray())
                    .as(name)
                    .isNotEqualTo(Objects.requireNonNull(first.get(name)).value().toArray());
        }
        assertThat(Segmenter.load(run).predict(MovingSquares.given(0))).hasSize(14);
    }

    @Test
    void one_layer_has_the_names_and_first_weights_of_a_network_without_a_stack() {
        Seed seed = new Seed(1);
        MaskNetwork<?> plain =
                MaskNetwork.of(
                        new TemporalMemory.State(ConvGru.of(32, 32, 3, seed.at("memory"))),
                        8,
                        seed);
        Map<String, Parameter> expected = Parameters.of(plain);
        for (MaskRecipe recipe : List.of(recipe("gru"), recipe("gru", "model.layers=1"))) {
            Map<String, Parameter> actual = Parameters.of(MaskNetworks.of(recipe, new Seed(1)));
            assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
            actual.forEach(
                    (name, parameter) ->
                            assertThat(parameter.value().toArray())
                                    .as(name)
                                    .isEqualTo(
                                            Objects.requireNonNull(expected.get(name))
                                                    .value()
                                                    .toArray()));
        }
    }
}
