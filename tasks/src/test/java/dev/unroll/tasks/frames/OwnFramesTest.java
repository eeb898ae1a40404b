package dev.unroll.tasks.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.DataException;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Picture;
import dev.unroll.formats.image.PictureException;
import dev.unroll.formats.image.PictureFile;
import dev.unroll.tasks.recipe.FrameRecipe;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures with a table of labels, whose columns have names of their own. */
class OwnFramesTest {
    private static final int FRAMES = 40;

    @TempDir Path folder;

    @BeforeEach
    void make_a_film_and_its_labels() throws IOException {
        Path film = Files.createDirectories(folder.resolve("film"));
        StringBuilder table = new StringBuilder("label,light,picture\n");
        for (int t = 0; t < FRAMES; t++) {
            PictureFile.write(film.resolve(t + ".png"), Picture.filled(4, 4, Colour.WHITE));
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
    void labels_of_pictures_are_in_the_columns_that_the_recipe_names() throws IOException {
        Corpus<LabelledVideo> videos = read("data.frame=picture", "data.label=light");
        assertThat(videos.labels()).containsExactly("off", "on");
        assertThat(videos.train().getFirst().labels()).startsWith("on", "off", "off", "on");
        assertThat(read("data.frame=picture").labels()).hasSize(FRAMES).contains("take 7");
    }

    @Test
    void a_column_that_the_table_lacks_is_named() {
        assertThatThrownBy(() -> read("data.label=light"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("lights.csv", "'frame'", "[label, light, picture]");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> read("data.folder=nowhere"))
                .isInstanceOf(PictureException.class)
                .hasMessage("there is no folder nowhere");
    }
}
