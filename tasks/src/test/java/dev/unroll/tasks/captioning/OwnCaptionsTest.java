package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.ProgressListener;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.image.PictureFile;
import dev.unroll.tasks.recipe.CaptioningRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCaptionsTest {
    @TempDir Path folder;

    @BeforeEach
    void draw_pictures() throws IOException {
        StringBuilder table = new StringBuilder("file,caption\n");
        for (int i = 0; i < 40; i++) {
            String name = "p%d.png".formatted(i);
            Picture grey = new Picture(4, 4, 1, new float[16]);
            PictureFile.write(folder.resolve(name), grey);
            table.append(name).append(",a small grey square number ").append(i).append("\n");
        }
        Files.writeString(folder.resolve("captions.csv"), table);
    }

    private CaptioningRecipe recipe(String... changes) {
        String yaml =
                """
                task: caption
                data: {set: own, folder: '%s', captions: '%s', validation: 0.2, test: 0.2}
                picture: {size: 16}
                model: {kind: gru, width: 8, hidden: 8}
                """
                        .formatted(folder, folder.resolve("captions.csv"));
        return RecipeFile.parse(CaptioningRecipe.class, yaml, changes);
    }

    private Captions captions() throws IOException {
        return Captions.of(recipe().data(), 16, 1, DataFiles.standard(ProgressListener.SILENT));
    }

    private static Map<String, String> sides(Captions captions) {
        Map<String, String> sides = new LinkedHashMap<>();
        captions.training().forEach(p -> sides.put(p.name(), "training"));
        captions.validation().forEach(p -> sides.put(p.name(), "validation"));
        captions.tests().getFirst().pictures().forEach(p -> sides.put(p.name(), "test"));
        return sides;
    }

    /** Else a picture that was learnt from might come into the test. */
    @Test
    void a_picture_that_becomes_unreadable_moves_no_other() throws IOException {
        Map<String, String> before = sides(captions());
        assertThat(before).hasSize(40).containsValues("training", "validation", "test");
        Path bad = Files.writeString(folder.resolve("p0.png"), "no picture");
        before.remove(bad.toString());
        assertThat(sides(captions())).isEqualTo(before);
    }

    @Test
    void captions_that_are_all_too_long_are_refused_before_training() throws IOException {
        Captions captions = captions();
        List<CaptionedPicture> brief =
                captions.training().stream()
                        .map(p -> new CaptionedPicture(p.name(), p.picture(), "a"))
                        .toList();
        Captions mixed =
                new Captions("mixed", brief, captions.validation(), captions.tests(), List.of());
        CaptioningRecipe recipe = recipe("data.maxTokens=2");
        RunFolder run = new RunFolder(folder.resolve("run"));
        assertThatThrownBy(() -> CaptioningTraining.prepare(recipe, mixed, run))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("to decide with 0")
                .hasMessageContaining("'data.maxTokens'");
    }
}
