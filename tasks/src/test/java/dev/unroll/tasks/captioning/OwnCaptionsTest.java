package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCaptionsTest {
    @TempDir Path folder;

    @BeforeEach
    void draw_images() throws IOException {
        StringBuilder table = new StringBuilder("file,caption\n");
        for (int i = 0; i < 40; i++) {
            String name = "p%d.png".formatted(i);
            Image grey = new Image(4, 4, 1, new float[16]);
            ImageFile.write(folder.resolve(name), grey);
            table.append(name).append(",a small grey square number ").append(i).append("\n");
        }
        Files.writeString(folder.resolve("captions.csv"), table);
    }

    private CaptioningRecipe recipe(String... changes) {
        String yaml =
                """
                task: caption
                data: {set: own, folder: '%s', captions: '%s', validation: 0.2, test: 0.2}
                image: {size: 16}
                model: {kind: gru, width: 8, hidden: 8}
                """
                        .formatted(folder, folder.resolve("captions.csv"));
        return RecipeFile.parse(CaptioningRecipe.class, yaml, changes);
    }

    private Corpus<CaptionedImage> captions() throws IOException {
        return captions(recipe());
    }

    private static Corpus<CaptionedImage> captions(CaptioningRecipe recipe) throws IOException {
        return Captions.of(
                recipe.data(),
                16,
                recipe.training().seed(),
                DataFiles.standard(ProgressListener.SILENT));
    }

    private static Map<String, String> sides(Corpus<CaptionedImage> captions) {
        Map<String, String> sides = new LinkedHashMap<>();
        captions.train().forEach(p -> sides.put(p.name(), "training"));
        captions.validation().forEach(p -> sides.put(p.name(), "validation"));
        captions.test().forEach(p -> sides.put(p.name(), "test"));
        return sides;
    }

    /** Rows of an image need not stand together. */
    private void add_another_caption_to_each() throws IOException {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            more.append("p%d.png,number %d in other words\n".formatted(i, i));
        }
        Files.writeString(folder.resolve("captions.csv"), more, StandardOpenOption.APPEND);
    }

    @Test
    void an_image_with_several_captions_is_one_image() throws IOException {
        Map<String, String> before = sides(captions());
        add_another_caption_to_each();
        Corpus<CaptionedImage> captions = captions();

        assertThat(sides(captions)).isEqualTo(before);
        assertThat(captions.train()).allSatisfy(p -> assertThat(p.captions()).hasSize(2));
        int images = captions.train().size() + captions.validation().size();
        assertThat(images + captions.test().size()).isEqualTo(40);
    }

    @Test
    void images_are_counted_and_not_their_captions() throws IOException {
        add_another_caption_to_each();
        CaptioningRecipe recipe = recipe("training.epochs=1");
        DataFiles files = DataFiles.standard(ProgressListener.SILENT);
        Corpus<CaptionedImage> captions = captions(recipe);
        int learnt = captions.train().size();
        RunFolder run = new RunFolder(folder.resolve("run"));
        List<String> about = new ArrayList<>();
        CaptioningTask.TASK
                .prepare(recipe, run, files)
                .run(plan -> about.add(plan.about()), () -> false, event -> {});
        CaptionScore score =
                (CaptionScore)
                        CaptioningTask.TASK.evaluate(recipe, run, Split.TEST, files).metrics();

        assertThat(about.getFirst())
                .contains(": %d images with %d captions, ".formatted(learnt, 2 * learnt));
        assertThat(score.tests())
                .singleElement()
                .satisfies(row -> assertThat(row.images()).isEqualTo(captions.test().size()));
    }

    @Test
    void too_long_captions_are_left_out_and_a_image_keeps_its_others() throws IOException {
        add_another_caption_to_each();
        CaptioningRecipe recipe = recipe("tokenizer.kind=words", "data.maxTokens=5");
        int learnt = captions(recipe).train().size();
        List<String> about = new ArrayList<>();
        CaptioningTask.TASK
                .prepare(
                        recipe,
                        new RunFolder(folder.resolve("run")),
                        DataFiles.standard(ProgressListener.SILENT))
                .run(plan -> about.add(plan.about()), () -> true, event -> {});

        assertThat(about.getFirst())
                .contains(
                        ": %d images (%d captions are too long and left out), "
                                .formatted(learnt, learnt));
    }

    @Test
    void a_row_whose_image_cannot_be_read_is_named_by_file_and_line() throws IOException {
        Path bad = Files.writeString(folder.resolve("p5.png"), "no image");
        Path table = folder.resolve("captions.csv");

        assertThat(captions().remarks())
                .containsExactly(
                        table + ": 39 rows are used, 1 cannot be read:",
                        table
                                + ":7: "
                                + bad
                                + ": is not a PNG, JPEG, GIF or BMP image; save it as one of"
                                + " these");
    }

    /** Else an image of the training set might come into the test. */
    @Test
    void an_image_that_becomes_unreadable_moves_no_other() throws IOException {
        Map<String, String> before = sides(captions());
        assertThat(before).hasSize(40).containsValues("training", "validation", "test");
        Path bad = Files.writeString(folder.resolve("p0.png"), "no image");
        before.remove(bad.toString());
        assertThat(sides(captions())).isEqualTo(before);
    }

    @Test
    void captions_that_are_all_too_long_are_refused_before_training() throws IOException {
        Corpus<CaptionedImage> captions = captions();
        List<CaptionedImage> brief =
                captions.train().stream()
                        .map(p -> new CaptionedImage(p.name(), p.image(), "a"))
                        .toList();
        Corpus<CaptionedImage> mixed =
                new Corpus<>("mixed", brief, captions.validation(), captions.test());
        CaptioningRecipe recipe = recipe("data.maxTokens=2");
        RunFolder run = new RunFolder(folder.resolve("run"));
        assertThatThrownBy(() -> Runs.prepare(CaptioningTask.TASK, recipe, mixed, run))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("for validation 0")
                .hasMessageContaining("'data.maxTokens'");
    }
}
