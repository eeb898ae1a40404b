package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.formats.image.Picture;
import dev.unroll.tasks.recipe.CaptioningRecipe;
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

    private static Corpus<CaptionedPicture> captions() {
        List<CaptionedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            float[] values = new float[64];
            Arrays.fill(values, 0, 3 * i, 1);
            pictures.add(
                    new CaptionedPicture(
                            "p" + i,
                            new Picture(8, 8, 1, values),
                            i < 9 ? "a dark picture" : "a picture with much light"));
        }
        return new Corpus<>("made", pictures.subList(0, 14), pictures.subList(14, 18), List.of());
    }

    /** Short captions, which four words in a row cannot judge. */
    @Test
    void the_best_of_short_captions_is_kept_when_bleu_decides() throws IOException {
        String yaml =
                """
                task: caption
                data: {set: own}
                picture: {size: 8, colour: false, width: 8, stages: 1, dropout: 0}
                tokenizer: {kind: words}
                model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                training: {epochs: 12, batchTokens: 20, learningRate: 0.02, validation: {monitor: bleu}}
                """;
        CaptioningRecipe recipe = RecipeFile.parse(CaptioningRecipe.class, yaml);
        List<CaptionedPicture> red =
                captions().train().stream()
                        .map(p -> new CaptionedPicture(p.name(), p.picture(), "red circle"))
                        .toList();
        Corpus<CaptionedPicture> data = new Corpus<>("red", red, red.subList(0, 4), List.of());
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
        assertThat(Captioner.load(run.directory()).predict(red.getFirst().picture()).text())
                .isEqualTo("red circle");
    }
}
