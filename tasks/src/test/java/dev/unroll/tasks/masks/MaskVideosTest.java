package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tasks.recipe.MaskRecipe;
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

    private List<String> remarks(MaskRecipe recipe) throws IOException {
        List<String> remarks = new ArrayList<>();
        MaskTraining.prepare(
                        recipe, new RunFolder(folder.resolve("remarked")), MovingSquares.NO_FILES)
                .run(plan -> remarks.addAll(plan.remarks()), () -> true, event -> {});
        return remarks;
    }

    @Test
    void videos_that_are_not_used_are_told_before_the_training() throws IOException {
        videos.cut(1, 1);
        videos.write("masks", 9, 0, MovingSquares.mask(0, 0).picture());
        assertThat(remarks(videos.recipe("gru")))
                .hasSize(4)
                .anySatisfy(
                        remark ->
                                assertThat(remark)
                                        .contains("masks: 1 of 7 folders not used")
                                        .endsWith("video-9"))
                .contains("1 of 5 videos is too short to have two frames to learn from: video-1");
        Files.move(folder.resolve("masks/video-2"), folder.resolve("masks/video-8"));
        assertThatThrownBy(() -> remarks(videos.recipe("gru")))
                .hasMessage("there is no folder " + folder.resolve("masks/video-2"));
    }

    @Test
    void folders_that_are_not_there_are_named() {
        assertThatThrownBy(
                        () ->
                                MaskTraining.prepare(
                                        videos.recipe("gru", "data.masks=nowhere"),
                                        new RunFolder(folder.resolve("run")),
                                        MovingSquares.NO_FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(
                        () ->
                                MaskTraining.prepare(
                                        videos.recipe("gru", "data.heldOut=[nobody]"),
                                        new RunFolder(folder.resolve("run")),
                                        MovingSquares.NO_FILES))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("nobody");
    }
}
