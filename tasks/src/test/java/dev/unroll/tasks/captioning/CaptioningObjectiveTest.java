package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptioningObjectiveTest {
    private static final String SHORT = "a dog";
    private static final String LONG = "a dog that runs over green grass";
    private static final Image WHITE = Image.filled(8, 8, Colour.WHITE);

    private static CaptioningObjective objective() {
        List<CaptionedImage> images = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            images.add(new CaptionedImage("p" + i, WHITE, i % 2 == 0 ? SHORT : LONG));
        }
        return objective(images);
    }

    private static CaptioningObjective objective(List<CaptionedImage> images) {
        String yaml =
                """
                task: caption
                data: {set: own}
                image: {size: 8, width: 8, stages: 1, dropout: 0}
                model: {kind: gru, width: 8, hidden: 8, dropout: 0}
                training: {batchTokens: 30}
                """;
        CaptioningRecipe recipe = RecipeFile.parse(CaptioningRecipe.class, yaml);
        Tokenizer tokenizer =
                WordTokenizer.train(List.of(SHORT, LONG), TokenizerOptions.ofSize(100));
        return CaptioningObjective.of(
                CaptioningModels.of(recipe, tokenizer.vocabulary().size(), new Seed(1)),
                tokenizer,
                recipe,
                images,
                images);
    }

    @Test
    void short_and_long_captions_come_in_one_batch() {
        List<CaptioningObjective.Batch> batches = objective().batches(0);

        assertThat(batches).hasSizeGreaterThan(2);
        assertThat(batches)
                .anySatisfy(
                        batch ->
                                assertThat(
                                                Arrays.stream(batch.numbers())
                                                        .map(i -> i % 2)
                                                        .distinct()
                                                        .count())
                                        .isEqualTo(2));
    }

    /** As if each caption came with an image of its own. */
    @Test
    void all_captions_of_a_image_are_learnt() {
        List<CaptionedImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(new CaptionedImage("p" + i, WHITE, List.of(SHORT, LONG)));
        }
        List<CaptioningObjective.Batch> together = objective(images).batches(3);
        List<CaptioningObjective.Batch> apart = objective().batches(3);

        assertThat(together).hasSameSizeAs(apart);
        for (int i = 0; i < apart.size(); i++) {
            assertThat(together.get(i).numbers()).isEqualTo(apart.get(i).numbers());
            assertThat(together.get(i).after()).isEqualTo(apart.get(i).after());
            assertThat(together.get(i).key()).isEqualTo(apart.get(i).key());
        }
    }

    @Test
    void the_loss_has_the_label_smoothing_of_its_mode() {
        CaptioningObjective objective = objective();
        CaptioningObjective.Batch batch = objective.batches(0).getFirst();

        assertThat(objective.loss(batch, new Mode.Training(1, 1, 0.3)).item())
                .isNotEqualTo(objective.loss(batch, new Mode.Training(1, 1)).item());
    }

    @Test
    void a_network_sees_ink_which_white_has_none_of() {
        Image image = new Image(2, 1, 3, new float[] {1, 1, 1, 0, 0.25f, 1});

        assertThat(Captioner.tensor(List.of(image)).toArray())
                .containsExactly(0, 0, 0, 1, 0.75f, 0);
    }
}
