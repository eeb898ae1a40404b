package dev.unroll.tasks.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, on made videos: a pulse turns a light on or off, and only memory knows which. */
class FrameLabellerTest {

    @TempDir Path folder;

    private static FrameRecipe recipe(String... changes) {
        String yaml =
                """
                task: label-frames
                data: {set: own, columns: [pulse, noise], window: 24, features: as-given}
                model:
                  {kind: lstm, width: 32, hidden: 16, dropout: 0.0}
                inputDropout: 0.0
                training: {epochs: 15, learningRate: 0.02, batchTokens: 200, validation: {monitor: macro-f1}}
                """;
        List<String> all = new ArrayList<>(List.of(changes));
        if (all.contains("model.kind=transformer")) {
            all.addAll(List.of("model.positions=rotary"));
        }
        return RecipeFile.parse(FrameRecipe.class, yaml, all.toArray(String[]::new));
    }

    private static LabelledVideo video(String name, int frames, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[frames][2];
        List<String> labels = new ArrayList<>();
        boolean on = false;
        for (int t = 0; t < frames; t++) {
            if (t == 0 || random.nextInt(4) == 0) {
                on = random.nextBoolean();
                rows[t][0] = on ? 1 : -1;
            }
            rows[t][1] = (float) random.nextDouble();
            labels.add(on ? "on" : "off");
        }
        return new LabelledVideo(new FrameRows(name, rows), labels);
    }

    private static Corpus<LabelledVideo> videos(FrameRecipe recipe) {
        List<LabelledVideo> videos = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            videos.add(video("v" + i, 40 + i, i));
        }
        return LabelledVideos.of("made", videos, recipe.data(), List.of());
    }

    private static FrameScore score(FrameLabeller labeller, Corpus<LabelledVideo> videos) {
        return FrameScore.of(labeller, videos.test(), videos.train());
    }

    @ParameterizedTest
    @CsvSource({"lstm, 1, 0.02", "gru, 1, 0.02", "elman, 1, 0.01", "transformer, 2, 0.005"})
    void every_kind_of_network_learns_what_only_memory_tells(String kind, int layers, double rate)
            throws IOException {
        FrameRecipe recipe =
                recipe(
                        "model.kind=" + kind,
                        "model.layers=" + layers,
                        "training.learningRate=" + rate,
                        "training.epochs=60",
                        "data.heldOut=[v0, v1, v2]");
        Corpus<LabelledVideo> videos = videos(recipe);
        FrameScore score = score(FrameLabeller.train(recipe, videos, folder), videos);
        assertThat(score.videos()).isEqualTo(3);
        assertThat(score.model().accuracy()).isGreaterThan(0.9);
        assertThat(score.model().macroF1()).isGreaterThan(0.9);
        assertThat(score.majority().accuracy()).isLessThan(0.75);
    }

    @Test
    void a_network_without_memory_does_not() throws IOException {
        FrameRecipe recipe = recipe("model.kind=mlp");
        Corpus<LabelledVideo> videos = videos(recipe);
        FrameScore score = score(FrameLabeller.train(recipe, videos, folder), videos);
        assertThat(score.model().accuracy()).isLessThan(0.8);
        assertThat(score.confusion().total()).isEqualTo(score.frames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "transformer"})
    void many_threads_and_batches_are_answered_as_one_video_alone(String kind) throws Exception {
        FrameRecipe recipe =
                recipe("model.kind=" + kind, "training.epochs=1", "average=2", "data.window=16");
        FrameLabeller labeller = FrameLabeller.train(recipe, videos(recipe), folder);
        List<FrameRows> asked = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            asked.add(video("asked", 1 + 9 * i, 100 + i).frames());
        }
        List<FrameLabels> alone = asked.stream().map(labeller::predict).toList();
        assertThat(labeller.predictAll(asked)).isEqualTo(alone);
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<FrameLabels>> answers = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                asked.forEach(a -> answers.add(threads.submit(() -> labeller.predict(a))));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(alone.get(i % asked.size()));
            }
        }
    }

    @Test
    void a_long_video_is_read_in_windows_and_each_frame_gets_a_label() throws IOException {
        FrameRecipe recipe = recipe("data.standard=training", "training.epochs=8");
        FrameLabeller labeller = FrameLabeller.train(recipe, videos(recipe), folder);
        LabelledVideo one = video("one", 20, 7);
        float[][] rows = new float[20 * 200][];
        List<String> labels = new ArrayList<>();
        for (int t = 0; t < rows.length; t++) {
            rows[t] = one.frames().rows()[t % 20];
            labels.add(one.labels().get(t % 20));
        }
        FrameLabels answer = labeller.predict(new FrameRows("long", rows));
        assertThat(answer.labels()).hasSize(rows.length);
        assertThat(answer.probabilities()).allSatisfy(p -> assertThat(p).isBetween(0.5, 1.0));
        int right = 0;
        for (int t = 0; t < rows.length; t++) {
            right += answer.labels().get(t).equals(labels.get(t)) ? 1 : 0;
        }
        assertThat((double) right / rows.length).isGreaterThan(0.9);
    }

    @Test
    void a_resumed_training_ends_as_an_unbroken_one() throws IOException {
        FrameRecipe recipe = recipe("training.epochs=4", "model.dropout=0.3");
        Corpus<LabelledVideo> videos = videos(recipe);
        FrameLabeller.train(recipe, videos, folder.resolve("unbroken"));
        RunFolder broken = new RunFolder(folder.resolve("broken"));
        int[] steps = {0};
        Runs.prepare(FrameTask.TASK, recipe, videos, broken)
                .run(plan -> {}, () -> steps[0]++ == 9, event -> {});
        Runs.prepare(FrameTask.TASK, recipe, videos, broken).run();
        assertThat(broken.model())
                .hasSameBinaryContentAs(new RunFolder(folder.resolve("unbroken")).model());
    }

    @Test
    void a_training_does_not_go_on_with_other_data_and_keeps_what_it_began_with()
            throws IOException {
        FrameRecipe recipe = recipe("training.epochs=4", "data.standard=training");
        Corpus<LabelledVideo> videos = videos(recipe);
        RunFolder run = new RunFolder(folder.resolve("run"));
        int[] steps = {0};
        Runs.prepare(FrameTask.TASK, recipe, videos, run)
                .run(plan -> {}, () -> steps[0]++ == 3, event -> {});
        String classes = Files.readString(run.file(ClassNames.FILE));
        String features = Files.readString(run.file(FrameInput.FILE));
        List<LabelledVideo> relabelled = new ArrayList<>(videos.train());
        LabelledVideo first = relabelled.getFirst();
        List<String> labels = new ArrayList<>(first.labels());
        labels.set(0, "dim");
        relabelled.set(0, new LabelledVideo(first.frames(), labels));
        Corpus<LabelledVideo> more =
                LabelledVideos.of("made", relabelled, recipe.data(), List.of());
        assertThatThrownBy(() -> Runs.prepare(FrameTask.TASK, recipe, more, run))
                .isInstanceOf(RunException.class)
                .hasMessageContainingAll("[off, on]", "[dim, off, on]", "another run");
        List<LabelledVideo> half = videos.train().subList(0, 12);
        Corpus<LabelledVideo> fewer = LabelledVideos.of("made", half, recipe.data(), List.of());
        assertThatThrownBy(() -> Runs.prepare(FrameTask.TASK, recipe, fewer, run))
                .isInstanceOf(RunException.class)
                .hasMessageContainingAll("another mean and deviation", "another run");
        assertThat(run.file(ClassNames.FILE)).hasContent(classes);
        assertThat(run.file(FrameInput.FILE)).hasContent(features);
    }

    @Test
    void a_label_that_is_new_since_the_training_is_named() throws IOException {
        FrameRecipe recipe = recipe("training.epochs=1");
        Corpus<LabelledVideo> videos = videos(recipe);
        FrameLabeller labeller = FrameLabeller.train(recipe, videos, folder);
        LabelledVideo strange =
                new LabelledVideo(new FrameRows("strange", new float[1][2]), List.of("dim"));
        for (List<LabelledVideo> test : List.of(List.of(strange), videos.test())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FrameScore.of(labeller, test, List.of(strange)))
                    .withMessage(
                            "video strange: frame 0 is labelled 'dim'; the model knows [off, on]");
        }
    }

    @Test
    void a_table_of_your_own_is_read_and_its_bad_rows_are_told() throws IOException {
        StringBuilder table = new StringBuilder("film,pulse,noise,light\n");
        for (int v = 0; v < 3; v++) {
            LabelledVideo video = video("v", 30, v);
            for (int t = 0; t < 30; t++) {
                float[] row = video.frames().rows()[t];
                table.append(
                        "film%d,%s,%s,%s\n".formatted(v, row[0], row[1], video.labels().get(t)));
            }
        }
        table.append("film2,wide,0.5,on\n");
        Path file = Files.writeString(folder.resolve("frames.csv"), table);
        FrameRecipe recipe =
                recipe(
                        "data.file=" + file,
                        "data.label=light",
                        "data.video=film",
                        "data.heldOut=[film1]");
        Corpus<LabelledVideo> videos = OwnFrames.read(recipe.data());
        assertThat(videos.train()).hasSize(2);
        assertThat(videos.test()).hasSize(1);
        assertThat(videos.test().getFirst().labels()).isEqualTo(video("v", 30, 1).labels());
        assertThat(videos.remarks())
                .anySatisfy(
                        remark ->
                                assertThat(remark).contains("frames.csv:92", "'pulse' is 'wide'"));
        assertThatThrownBy(() -> OwnFrames.ofTable(file, List.of("pulse", "noise")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("frames.csv:92", "'pulse' is 'wide'", "mend the table");
        assertThat(OwnFrames.ofTable(file, List.of("noise")).frames()).isEqualTo(91);
        assertThatThrownBy(() -> OwnFrames.ofTable(file, List.of("nowhere")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void folders_of_images_with_labels_are_read_and_learnt() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int v = 0; v < 3; v++) {
            Path video = Files.createDirectories(folder.resolve("videos/v" + v));
            StringBuilder labels = new StringBuilder();
            for (int t = 0; t < 30; t++) {
                boolean bright = random.nextBoolean();
                boolean[] inside = new boolean[20 * 10];
                Arrays.fill(inside, bright);
                ImageFile.write(
                        video.resolve("%03d.png".formatted(t)),
                        new ImageMask(20, 10, inside).image());
                labels.append(bright ? "day\n" : "night\n");
            }
            Files.writeString(video.resolve("labels.txt"), labels);
        }
        FrameRecipe recipe =
                recipe(
                        "data.columns=[]",
                        "data.folder=" + folder.resolve("videos"),
                        "data.file=labels.txt",
                        "data.side=4",
                        "data.heldOut=[v2]");
        Corpus<LabelledVideo> videos = OwnFrames.read(recipe.data());
        FrameLabeller labeller = FrameLabeller.train(recipe, videos, folder.resolve("run"));
        assertThat(score(labeller, videos).model().accuracy()).isEqualTo(1);
        FrameRows read = labeller.read(folder.resolve("videos/v2"));
        assertThat(labeller.predict(read).labels()).isEqualTo(videos.test().getFirst().labels());
    }

    @Test
    void what_is_no_video_is_refused() throws IOException {
        FrameRecipe recipe = recipe("training.epochs=1");
        FrameLabeller labeller = FrameLabeller.train(recipe, videos(recipe), folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labeller.predict(new FrameRows("wide", new float[4][3])))
                .withMessage("video wide: frames of 3 numbers; this model was taught with 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameRows("empty", new float[0][2]))
                .withMessageContaining("at least one frame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameRows("nan", new float[][] {{1}, {Float.NaN}}))
                .withMessage("video nan: frame 1 has the number NaN; only finite ones are allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameRows("ragged", new float[][] {{1}, {1, 2}}));
        float[][] far = {{3e38f, -3e38f}, {0, 0}};
        assertThat(labeller.predict(new FrameRows("far", far)).probabilities())
                .allSatisfy(p -> assertThat(p).isBetween(0.5, 1.0));
    }

    @Test
    void recipes_and_runs_that_do_not_fit_are_refused_and_say_why() throws IOException {
        assertThatThrownBy(() -> recipe("data.columns=[]"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("'data.columns'");
        assertThatThrownBy(() -> videos(recipe("data.heldOut=[v99]")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("no video 'v99'");
        assertThatThrownBy(() -> FrameLabeller.load(folder)).isInstanceOf(RunException.class);
        FrameRecipe recipe = recipe("training.epochs=1");
        FrameLabeller.train(recipe, videos(recipe), folder);
        Path features = folder.resolve("features.json");
        String whole = Files.readString(features);
        Files.writeString(features, whole.replace("\"standard\"", "\"standart\""));
        assertThatThrownBy(() -> FrameLabeller.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContainingAll("features.json", "'standard'");
        Files.writeString(features, whole.replaceFirst("\\{", "{\"size\":3,"));
        assertThatThrownBy(() -> FrameLabeller.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContainingAll("features.json", "unknown key 'size'");
        Files.writeString(features, whole.replaceFirst("\"columns\":\\d+,", ""));
        assertThatThrownBy(() -> FrameLabeller.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContainingAll("features.json", "'columns'");
        Files.writeString(features, "{\"columns\":");
        assertThatThrownBy(() -> FrameLabeller.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("features.json");
    }

    /** A frame with a pulse is "rare" one time in six; four of five frames have none. */
    @ParameterizedTest
    @CsvSource({"balanced, rare", "{rare: 40}, rare", ", other"})
    void a_rare_label_is_found_if_labels_are_weighted(String weights, String answer)
            throws IOException {
        List<LabelledVideo> videos = new ArrayList<>();
        for (int v = 0; v < 20; v++) {
            float[][] rows = new float[60][2];
            List<String> labels = new ArrayList<>();
            for (int t = 0; t < rows.length; t++) {
                rows[t][0] = t % 5 == 0 ? 1 : 0;
                labels.add(t % 30 == 0 ? "rare" : "other");
            }
            videos.add(new LabelledVideo(new FrameRows("v" + v, rows), labels));
        }
        List<String> changes =
                new ArrayList<>(List.of("model.kind=mlp", "training.validation.monitor=loss"));
        if (weights != null) {
            changes.add("training.classWeights=" + weights);
        }
        FrameRecipe recipe = recipe(changes.toArray(String[]::new));
        FrameLabeller labeller =
                FrameLabeller.train(
                        recipe,
                        LabelledVideos.of("made", videos, recipe.data(), List.of()),
                        folder);
        FrameRows rows = new FrameRows("new", new float[][] {{1, 0}, {0, 0}, {0, 0}});
        assertThat(labeller.predict(rows).labels()).containsExactly(answer, "other", "other");
    }
}
