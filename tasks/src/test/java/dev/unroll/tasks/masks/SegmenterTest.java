package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.ClipMemory;
import dev.unroll.nn.ConvGru;
import dev.unroll.nn.MaskNetwork;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Split;
import dev.unroll.tasks.image.Mask;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.recipe.MaskRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.weights.Weights;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        MaskTraining.prepare(recipe, new RunFolder(run), MovingSquares.NO_FILES).run();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm", "transformer"})
    void a_network_with_memory_follows_the_object_that_was_given(String kind) throws IOException {
        Path run = train(recipe(kind));
        Report report =
                MaskReport.of(recipe(kind), new RunFolder(run), Split.TEST, MovingSquares.NO_FILES);
        MaskReport figures = (MaskReport) report.figures();
        assertThat(figures.parts()).containsOnlyKeys("held-out videos", "later frames");
        MaskReport.Scores heldOut = Objects.requireNonNull(figures.parts().get("held-out videos"));
        assertThat(heldOut.found().region()).isGreaterThan(heldOut.copied().region());
        assertThat(heldOut.found().region()).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "transformer", "none"})
    void a_segmenter_answers_many_threads_as_it_answers_one(String kind) throws Exception {
        Path run = train(recipe(kind, "training.epochs=1", "data.batches=2"));
        Segmenter segmenter = Segmenter.load(run);
        List<GivenVideo> videos =
                List.of(MovingSquares.given(0), MovingSquares.given(3), MovingSquares.given(5));
        List<List<boolean[]>> alone = videos.stream().map(v -> bits(segmenter.predict(v))).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<List<List<Mask>>>> calls =
                    Collections.nCopies(6, () -> segmenter.predictAll(videos));
            for (Future<List<List<Mask>>> answer : threads.invokeAll(calls)) {
                List<List<Mask>> found = answer.get();
                for (int v = 0; v < videos.size(); v++) {
                    assertThat(bits(found.get(v)))
                            .usingElementComparator(Arrays::compare)
                            .isEqualTo(alone.get(v));
                }
            }
        }
    }

    private static List<boolean[]> bits(List<Mask> masks) {
        return masks.stream().map(Mask::inside).toList();
    }

    @Test
    void masks_come_in_the_size_of_the_video() throws IOException {
        Path run = train(recipe("gru", "training.epochs=1", "data.batches=1"));
        List<Picture> frames =
                MovingSquares.given(0).frames().stream().map(f -> f.resized(33, 21)).toList();
        List<Mask> masks =
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
        MaskTraining.prepare(recipe, run, MovingSquares.NO_FILES)
                .run(plan -> remarks.addAll(plan.remarks()), () -> false, event -> {});
        assertThat(remarks).singleElement().asString().contains("(17 frames always are)");
        Report report = MaskReport.of(recipe, run, Split.TEST, MovingSquares.NO_FILES);
        assertThat(report.text()).contains("held-out videos  none: nothing to measure on");
        assertThat(((MaskReport) report.figures()).parts()).containsOnlyKeys("later frames");
        assertThatThrownBy(
                        () -> MaskReport.of(recipe, run, Split.VALIDATION, MovingSquares.NO_FILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the validation part is empty");
    }

    @Test
    void a_kind_of_memory_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> recipe("elman"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("model.kind", "no convolutional Elman network", "gru");
        assertThatThrownBy(() -> recipe("gru", "model.bidirectional=true"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("'model.bidirectional'", "the first mask is given");
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
        Map<String, Parameter> first =
                Parameters.of(MaskTraining.model(recipe.model(), new Seed(1)));
        MaskNetwork<?> learnt = MaskTraining.model(recipe.model(), Seed.BLANK);
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
                        new ClipMemory.State(ConvGru.of(32, 32, 3, seed.at("memory"))), 8, seed);
        Map<String, Parameter> expected = Parameters.of(plain);
        for (MaskRecipe recipe : List.of(recipe("gru"), recipe("gru", "model.layers=1"))) {
            Map<String, Parameter> actual =
                    Parameters.of(MaskTraining.model(recipe.model(), new Seed(1)));
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

    @Test
    void a_training_that_was_stopped_goes_on_to_the_same_weights() throws IOException {
        MaskRecipe recipe = recipe("gru", "training.epochs=2", "data.batches=4");
        Path whole = train(recipe);
        Path pieces = folder.resolve("pieces");
        for (int stopAfter : new int[] {3, 2, Integer.MAX_VALUE}) {
            int[] steps = new int[1];
            MaskTraining.prepare(recipe, new RunFolder(pieces), MovingSquares.NO_FILES)
                    .run(
                            plan -> {},
                            () -> steps[0] >= stopAfter,
                            e -> steps[0] += e instanceof TrainingEvent.Stepped ? 1 : 0);
        }
        assertThat(pieces.resolve("model.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }
}
