package dev.unroll.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {

    private static Image grey(int width, int height, float... values) {
        return new Image(width, height, 1, values);
    }

    @Test
    void shrinking_by_two_weighs_four_pixels_a_side_like_a_triangle() {
        // Weights 1, 3, 3, 1 over 8, by hand; at the edges 3, 3, 1 over 7.
        Image wide = grey(6, 1, 0, 0, 1, 0, 0, 1);

        assertThat(wide.resized(3, 1).values())
                .containsExactly(new float[] {1 / 7f, 3 / 8f, 3 / 7f}, within(1e-6f));
    }

    @Test
    void growing_interpolates_linearly() {
        assertThat(grey(2, 1, 0, 1).resized(4, 1).values())
                .containsExactly(new float[] {0, 0.25f, 0.75f, 1}, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,3", "64,64", "100,2", "13,200"})
    void one_colour_stays_that_colour_at_any_size(int width, int height) {
        Image scaled = Image.filled(37, 11, new Colour(0.2f, 0.5f, 1)).resized(width, height);

        assertThat(scaled.width()).isEqualTo(width);
        assertThat(scaled.height()).isEqualTo(height);
        for (int x = 0; x < width; x++) {
            assertThat(scaled.at(x, height - 1, 0)).isCloseTo(0.2f, within(1e-5f));
            assertThat(scaled.at(x, height - 1, 2)).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void scaling_both_ways_at_once_is_scaling_one_after_the_other() {
        Random random = new Random(3);
        float[] values = new float[9 * 14 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Image image = new Image(9, 14, 3, values);

        assertThat(image.resized(5, 20).values())
                .containsExactly(image.resized(9, 20).resized(5, 20).values(), within(1e-5f));
    }

    @Test
    void fitting_keeps_proportions_and_fills_the_rest() {
        Image fitted = Image.filled(20, 10, Colour.BLACK).fitted(8, 8, Colour.WHITE);

        assertThat(fitted.at(4, 1, 0)).isEqualTo(1);
        assertThat(fitted.at(4, 2, 0)).isEqualTo(0);
        assertThat(fitted.at(4, 5, 0)).isEqualTo(0);
        assertThat(fitted.at(4, 6, 0)).isEqualTo(1);
    }

    @Test
    void a_thread_of_one_pixel_still_has_a_pixel_when_fitted() {
        Image fitted = Image.filled(1000, 1, Colour.BLACK).grey().fitted(8, 8, Colour.WHITE);

        assertThat(fitted.channels()).isEqualTo(1);
        assertThat(fitted.at(0, 3, 0)).isEqualTo(0);
        assertThat(fitted.at(0, 4, 0)).isEqualTo(1);
    }

    @Test
    void grey_and_back_is_grey_in_three_channels() {
        Image back = Image.filled(2, 2, new Colour(1, 0, 0)).grey().colour();

        assertThat(back.channels()).isEqualTo(3);
        assertThat(back.at(1, 1, 2)).isCloseTo(0.299f, within(1e-6f));
    }

    @Test
    void numbers_that_do_not_make_a_image_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grey(2, 2, 1, 2, 3))
                .withMessageContaining("[2, 2, 1] of 3 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grey(0, 2))
                .withMessageContaining("0 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(1, 1, 2, new float[2]))
                .withMessageContaining("2 channels");
    }
}
