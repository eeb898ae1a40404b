package dev.unroll.tasks.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with a table of labels, whose columns have names of their own. */
class OwnFramesTest {
    private static final int FRAMES = 40;

    @TempDir Path folder;

    @BeforeEach
    void make_a_film_and_its_labels() throws IOException {
        Path film = Files.createDirectories(folder.resolve("film"));
        StringBuilder table = new StringBuilder("label,light,image\n");
        for (int t = 0; t < FRAMES; t++) {
            ImageFile.write(film.resolve(t + ".png"), Image.filled(4, 4, Colour.WHITE));
            table.append("take %d,%s,%d.png\n".formatted(t, t % 3 == 0 ? "on" : "off", t));
        }
        Files.writeString(folder.resolve("lights.csv"), table);
    }

    private Corpus<LabelledVideo> read(String... changes) throws IOException {
        String yaml =
                """
                task: label-frames
                data: {folder: '%s', file: '%s', side: 2}
                model: {kind: gru}
                """
                        .formatted(folder.resolve("film"), folder.resolve("lights.csv"));
        return OwnFrames.read(RecipeFile.parse(FrameRecipe.class, yaml, changes).data());
    }

    @Test
    void labels_of_images_are_in_the_columns_that_the_recipe_names() throws IOException {
        Corpus<LabelledVideo> videos = read("data.frame=image", "data.label=light");
        assertThat(videos.labels()).containsExactly("off", "on");
        assertThat(videos.train().getFirst().labels()).startsWith("on", "off", "off", "on");
        assertThat(read("data.frame=image").labels()).hasSize(FRAMES).contains("take 7");
    }

    @Test
    void a_column_that_the_table_lacks_is_named() {
        assertThatThrownBy(() -> read("data.label=light"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("lights.csv", "'frame'", "[label, light, image]");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> read("data.folder=nowhere"))
                .isInstanceOf(ImageException.class)
                .hasMessage("there is no folder nowhere");
    }

    @Test
    void labels_and_names_of_videos_are_stripped_of_white_space() throws IOException {
        StringBuilder table = new StringBuilder("x,film,label\n");
        for (int t = 0; t < 2 * FRAMES; t++) {
            table.append(t).append(t % 2 == 0 ? ",one," : ", one ,");
            table.append(t % 3 == 0 ? "rest\n" : t % 3 == 1 ? "rest \n" : "up\n");
        }
        Path file = Files.writeString(folder.resolve("frames.csv"), table);
        Corpus<LabelledVideo> videos =
                OwnFrames.read(
                        RecipeFile.parse(
                                        FrameRecipe.class,
                                        """
                                        task: label-frames
                                        data: {file: '%s', columns: [x], video: film}
                                        model: {kind: gru}
                                        """
                                                .formatted(file))
                                .data());
        assertThat(videos.labels()).containsExactly("rest", "up");
        assertThat(videos.train()).hasSize(1);
    }
}
