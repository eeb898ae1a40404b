package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.task.Runs;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptioningTrainingTest {
    @TempDir Path folder;

    private static Corpus<CaptionedImage> captions() {
        List<CaptionedImage> images = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            float[] values = new float[64];
            Arrays.fill(values, 0, 3 * i, 1);
            images.add(
                    new CaptionedImage(
                            "p" + i,
                            new Image(8, 8, 1, values),
                            i < 9 ? "a dark image" : "an image with much light"));
        }
        return new Corpus<>("made", images.subList(0, 14), images.subList(14, 18), List.of());
    }

    /** Short captions, which four words in a row cannot judge. */
    @Test
    void the_best_of_short_captions_is_kept_when_bleu_decides() throws IOException {
        String yaml =
                """
                task: caption
                data: {set: own}
                image: {size: 8, colour: false, width: 8, stages: 1, dropout: 0}
                tokenizer: {kind: words}
                model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                training: {epochs: 30, batchTokens: 20, learningRate: 0.02, validation: {monitor: bleu}}
                """;
        CaptioningRecipe recipe = RecipeFile.parse(CaptioningRecipe.class, yaml);
        List<CaptionedImage> red =
                captions().train().stream()
                        .map(p -> new CaptionedImage(p.name(), p.image(), "red circle"))
                        .toList();
        Corpus<CaptionedImage> data = new Corpus<>("red", red, red.subList(0, 4), List.of());
        RunFolder run = new RunFolder(folder.resolve("red"));
        List<TrainingEvent.Validated> perfect = new ArrayList<>();
        Runs.prepare(CaptioningTask.TASK, recipe, data, run)
                .run(
                        plan -> {},
                        () -> false,
                        event -> {
                            if (event instanceof TrainingEvent.Validated measured
                                    && measured.metrics().getOrDefault("exactMatch", 0.0) == 1) {
                                perfect.add(measured);
                            }
                        });

        assertThat(perfect).isNotEmpty();
        assertThat(perfect.getFirst().best()).isTrue();
        assertThat(perfect.getFirst().metrics().get("bleu")).isCloseTo(100, within(1e-9));
        assertThat(Captioner.load(run.directory()).predict(red.getFirst().image()).text())
                .isEqualTo("red circle");
    }
}
