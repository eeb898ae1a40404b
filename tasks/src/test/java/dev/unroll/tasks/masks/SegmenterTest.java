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
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.ProgressListener;
import dev.unroll.tasks.image.Colour;
import dev.unroll.tasks.image.Mask;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.image.PictureFile;
import dev.unroll.tasks.recipe.MaskRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.weights.Weights;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
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

/** The whole way, on made videos: two squares of one colour move, and the first mask says which. */
class SegmenterTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 32;
    private static final int SIDE = 10;

    @TempDir Path folder;

    @BeforeEach
    void make_videos() throws IOException {
        for (int video = 0; video < 6; video++) {
            for (int t = 0; t < 14; t++) {
                write("frames", video, t, frame(video, t));
                write("masks", video, t, mask(video, t).picture());
            }
        }
    }

    private void write(String kind, int video, int t, Picture picture) throws IOException {
        Path file = folder.resolve("%s/video-%d/%05d.png".formatted(kind, video, t));
        Files.createDirectories(file.getParent());
        PictureFile.write(file, picture);
    }

    private static int x(int video, int t) {
        return 2 + t + video;
    }

    private static int y(int video) {
        return 1 + video;
    }

    /** Two squares that move apart from each other, one above, one below. */
    private static Picture frame(int video, int t) {
        float[] values = Picture.filled(WIDTH, HEIGHT, Colour.WHITE).values().clone();
        square(values, x(video, t), y(video));
        square(values, WIDTH - SIDE - x(video, t), y(video) + SIDE + 3);
        return new Picture(WIDTH, HEIGHT, 3, values);
    }

    private static void square(float[] values, int left, int top) {
        for (int v = top; v < Math.min(HEIGHT, top + SIDE); v++) {
            for (int u = Math.max(0, left); u < Math.min(WIDTH, left + SIDE); u++) {
                values[3 * (v * WIDTH + u) + 1] = 0;
                values[3 * (v * WIDTH + u) + 2] = 0;
            }
        }
    }

    private static Mask mask(int video, int t) {
        boolean[] inside = new boolean[WIDTH * HEIGHT];
        for (int v = y(video); v < y(video) + SIDE; v++) {
            for (int u = x(video, t); u < Math.min(WIDTH, x(video, t) + SIDE); u++) {
                inside[v * WIDTH + u] = true;
            }
        }
        return new Mask(WIDTH, HEIGHT, inside);
    }

    private static GivenVideo given(int video) {
        List<Picture> frames = new ArrayList<>();
        for (int t = 0; t < 14; t++) {
            frames.add(frame(video, t));
        }
        return new GivenVideo("video " + video, frames, mask(video, 0));
    }

    private MaskRecipe recipe(String kind, String... changes) {
        String yaml =
                """
                task: segment-masks
                data:
                  frames: '%s'
                  masks: '%s'
                  heldOut: [video-3]
                  width: 40
                  height: 32
                  length: 3
                  batch: 4
                  batches: 25
                model: {kind: %s, channels: 8}
                training: {epochs: 4, rate: 0.005, deciding: jaccard, schedule: cosine}
                """
                        .formatted(folder.resolve("frames"), folder.resolve("masks"), kind);
        return RecipeFile.parse(MaskRecipe.class, yaml, changes);
    }

    private static final DataFiles FILES = DataFiles.standard(ProgressListener.SILENT);

    private Path train(MaskRecipe recipe) throws IOException {
        Path run = folder.resolve("run");
        MaskTraining.prepare(recipe, new RunFolder(run), FILES).run();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm", "transformer"})
    void a_network_with_memory_follows_the_object_that_was_given(String kind) throws IOException {
        Path run = train(recipe(kind));
        Report report = MaskReport.of(recipe(kind), new RunFolder(run), Split.TEST, FILES);
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
        List<GivenVideo> videos = List.of(given(0), given(3), given(5));
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
        List<Picture> frames = given(0).frames().stream().map(f -> f.resized(33, 21)).toList();
        List<Mask> masks =
                Segmenter.load(run)
                        .predict(new GivenVideo("odd", frames, mask(0, 0).resized(33, 21)));
        assertThat(masks).hasSize(14).allMatch(m -> m.width() == 33 && m.height() == 21);
    }

    @Test
    void a_part_without_videos_is_said_to_be_empty_and_no_part_at_all_is_refused()
            throws IOException {
        for (int video = 0; video < 6; video++) {
            for (int t = 10; t < 14; t++) {
                for (String kind : List.of("frames", "masks")) {
                    Files.delete(folder.resolve("%s/video-%d/%05d.png".formatted(kind, video, t)));
                }
            }
        }
        MaskRecipe recipe = recipe("gru", "data.heldOut=[]", "training.epochs=1", "data.batches=1");
        RunFolder run = new RunFolder(folder.resolve("run"));
        List<String> remarks = new ArrayList<>();
        MaskTraining.prepare(recipe, run, FILES)
                .run(plan -> remarks.addAll(plan.remarks()), () -> false, event -> {});
        assertThat(remarks).singleElement().asString().contains("(17 frames always are)");
        Report report = MaskReport.of(recipe, run, Split.TEST, FILES);
        assertThat(report.text()).contains("held-out videos  none: nothing to measure on");
        assertThat(((MaskReport) report.figures()).parts()).containsOnlyKeys("later frames");
        assertThatThrownBy(() -> MaskReport.of(recipe, run, Split.VALIDATION, FILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the validation part is empty");
    }

    @Test
    void folders_that_are_not_there_are_named() {
        assertThatThrownBy(
                        () ->
                                MaskTraining.prepare(
                                        recipe("gru", "data.masks=nowhere"),
                                        new RunFolder(folder.resolve("run")),
                                        FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(
                        () ->
                                MaskTraining.prepare(
                                        recipe("gru", "data.heldOut=[nobody]"),
                                        new RunFolder(folder.resolve("run")),
                                        FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nobody");
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
        assertThat(Segmenter.load(run).predict(given(0))).hasSize(14);
    }

    @Test
    void one_layer_has_the_names_and_first_weights_of_a_network_without_a_stack() {
        Seed seed = new Seed(1);
        MaskNetwork<?> plain =
                MaskNetwork.of(
                        new ClipMemory.State<>(ConvGru.of(32, 32, 3, seed.at("memory"))), 8, seed);
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
            MaskTraining.prepare(recipe, new RunFolder(pieces), FILES)
                    .run(
                            plan -> {},
                            () -> steps[0] >= stopAfter,
                            e -> steps[0] += e instanceof TrainingEvent.Stepped ? 1 : 0);
        }
        assertThat(pieces.resolve("model.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }
}
