package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.metrics.Bleu;
import dev.unroll.tasks.metrics.BleuOptions;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CaptionScoreTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Image WHITE = Image.filled(2, 2, Colour.WHITE);

    private static CaptionedImage with(String... captions) {
        return new CaptionedImage("p", WHITE, List.of(captions));
    }

    @Test
    void right_captions_score_100_however_short() {
        for (String caption : List.of("circle", "red circle", "a red circle", "Four Words In It")) {
            List<CaptionedImage> images = List.of(with(caption), with(caption));
            CaptionScore.Agreement right =
                    CaptionScore.Agreement.of(List.of(caption, caption), images);
            CaptionScore.Agreement wrong =
                    CaptionScore.Agreement.of(List.of("blue", "dog"), images);

            assertThat(right.exactMatch()).isEqualTo(1);
            assertThat(right.bleu()).as(caption).isCloseTo(100, EXACT);
            assertThat(wrong).isEqualTo(new CaptionScore.Agreement(0, 0));
        }
    }

    @Test
    void every_caption_of_a_image_is_right() {
        List<CaptionedImage> images =
                List.of(
                        with("a dog runs over grass", "a brown dog", "an animal"),
                        with("two birds", "birds in a tree"));
        CaptionScore.Agreement second =
                CaptionScore.Agreement.of(List.of("A brown dog", "Birds in a tree"), images);
        CaptionScore.Agreement half =
                CaptionScore.Agreement.of(List.of("an animal", "birds in two trees"), images);

        assertThat(second.exactMatch()).isEqualTo(1);
        assertThat(second.bleu()).isCloseTo(100, EXACT);
        assertThat(half.exactMatch()).isEqualTo(0.5);
        assertThat(half.bleu()).isBetween(1.0, 99.0);
    }

    @Test
    void one_caption_a_image_scores_as_in_translation() {
        List<String> right = List.of("A dog runs over the grass", "Two birds", "a red circle");
        List<String> said = List.of("a dog runs on the grass", "two birds", "a circle");
        double bleu = Bleu.of(said, right, BleuOptions.STANDARD.lowercased()).score();

        assertThat(bleu).isBetween(1.0, 99.0);
        assertThat(
                        CaptionScore.Agreement.of(said, right.stream().map(c -> with(c)).toList())
                                .bleu())
                .isEqualTo(bleu);
    }

    @Test
    void the_nearest_image_has_one_caption_to_copy() {
        NearestImage nearest =
                new NearestImage(
                        List.of(
                                new CaptionedImage("dark", grey(0), List.of("dark", "black")),
                                new CaptionedImage("light", grey(1), List.of("light", "white"))));

        assertThat(nearest.captions(List.of(grey(0.8f), grey(0.1f), grey(0.9f))))
                .containsExactly("light", "dark", "light");
    }

    private static Image grey(float light) {
        float[] values = new float[4];
        Arrays.fill(values, light);
        return new Image(2, 2, 1, values);
    }

    @Test
    void an_image_without_a_caption_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptionedImage("cat.png", WHITE, List.of()))
                .withMessageContaining("cat.png has no caption");
    }
}
