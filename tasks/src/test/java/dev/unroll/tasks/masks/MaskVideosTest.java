package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Split;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos of your own that lack something. */
class MaskVideosTest {

    @TempDir Path folder;

    private MovingSquares videos;

    @BeforeEach
    void make_videos() throws IOException {
        videos = MovingSquares.in(folder);
    }

    private Path train(MaskRecipe recipe) throws IOException {
        Path run = folder.resolve("run");
        MaskTask.TASK.prepare(recipe, new RunFolder(run), MovingSquares.NO_FILES).run();
        return run;
    }

    private List<String> remarks(MaskRecipe recipe) throws IOException {
        List<String> remarks = new ArrayList<>();
        MaskTask.TASK
                .prepare(recipe, new RunFolder(folder.resolve("remarked")), MovingSquares.NO_FILES)
                .run(plan -> remarks.addAll(plan.remarks()), () -> true, event -> {});
        return remarks;
    }

    @Test
    void videos_that_are_not_used_are_told_before_the_training() throws IOException {
        videos.cut(1, 1);
        videos.write("masks", 9, 0, MovingSquares.mask(0, 0).image());
        assertThat(remarks(videos.recipe("gru")))
                .hasSize(4)
                .anySatisfy(
                        remark ->
                                assertThat(remark)
                                        .contains("masks: 1 of 7 folders not used")
                                        .endsWith("video-9"))
                .contains("1 of 5 videos is too short to have two frames for training: video-1");
        Files.move(folder.resolve("masks/video-2"), folder.resolve("masks/video-8"));
        assertThatThrownBy(() -> remarks(videos.recipe("gru")))
                .hasMessage("there is no folder " + folder.resolve("masks/video-2"));
    }

    private void blacken(int video, int from, int to) throws IOException {
        for (int t = from; t < to; t++) {
            videos.write(
                    "masks",
                    video,
                    t,
                    Image.filled(MovingSquares.WIDTH, MovingSquares.HEIGHT, Colour.BLACK));
        }
    }

    @Test
    void masks_without_an_object_are_no_data_and_frames_without_it_are() throws IOException {
        for (int video = 0; video < 6; video++) {
            blacken(video, 8, 14);
        }
        MaskRecipe recipe = videos.recipe("gru", "training.epochs=1", "data.batches=1");
        assertThat(remarks(recipe))
                .containsExactly(
                        "no frame for validation shows the object: the training frames decide");
        Report report =
                MaskTask.TASK.evaluate(
                        recipe, new RunFolder(train(recipe)), Split.TEST, MovingSquares.NO_FILES);
        assertThat(report.text()).contains("later frames     none: nothing to measure on");
        assertThat(((MaskReport) report.metrics()).parts()).containsOnlyKeys("held-out videos");
        for (int video = 0; video < 6; video++) {
            blacken(video, 0, 8);
        }
        assertThatThrownBy(() -> train(recipe))
                .isInstanceOf(RecipeException.class)
                .hasMessageContainingAll("no mask of the training set", "40 x 32 pixels");
        assertThatThrownBy(
                        () ->
                                MaskTask.TASK.evaluate(
                                        recipe,
                                        new RunFolder(folder.resolve("run")),
                                        Split.TEST,
                                        MovingSquares.NO_FILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no mask to measure on");
        videos.write(
                "masks",
                2,
                3,
                Image.filled(
                        MovingSquares.WIDTH, MovingSquares.HEIGHT, new Colour(1 / 255f, 0, 0)));
        assertThatThrownBy(() -> train(recipe))
                .hasMessageContainingAll("video-2", "00003.png", "255 instead of 1");
    }

    @Test
    void folders_that_are_not_there_are_named() {
        assertThatThrownBy(
                        () ->
                                MaskTask.TASK.prepare(
                                        videos.recipe("gru", "data.masks=nowhere"),
                                        new RunFolder(folder.resolve("run")),
                                        MovingSquares.NO_FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(
                        () ->
                                MaskTask.TASK.prepare(
                                        videos.recipe("gru", "data.heldOut=[nobody]"),
                                        new RunFolder(folder.resolve("run")),
                                        MovingSquares.NO_FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nobody");
    }
}
