package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.captioning.AugmentationRecipe.Geometry;
import dev.unroll.tasks.captioning.AugmentationRecipe.Pixels;
import dev.unroll.tasks.captioning.Warp.Matrix;
import dev.unroll.tasks.captioning.Warp.Wave;
import dev.unroll.tasks.recipe.RecipeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final AugmentationRecipe NOTHING =
            new AugmentationRecipe(Geometry.NONE, Pixels.NONE);
    private static final AugmentationRecipe MUCH =
            new AugmentationRecipe(
                    new Geometry(0.1, 0.2, 0.2, 20, 0.1), new Pixels(0.3, 0.3, 0.5, 0.8, 0.4));
    private static final Wave STILL = new Wave(0, 1, 0);

    /** 3 x 3, each number another one, from 0 to 1. */
    private static Image counted(int channels) {
        float[] values = new float[9 * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / (values.length - 1f);
        }
        return new Image(3, 3, channels, values);
    }

    private static Image grey(float... values) {
        return new Image(3, 3, 1, values);
    }

    @Test
    void without_changes_a_image_stays_as_it_is() {
        Image image = counted(3);

        Image same = new Augmentation(NOTHING).of(image, 7, 1);

        assertThat(same.values()).containsExactly(image.values(), within(1e-6f));
    }

    @Test
    void a_key_and_a_number_always_make_the_same_change_and_others_another() {
        Augmentation augmentation = new Augmentation(MUCH);
        float[] one = augmentation.of(counted(3), 7, 1).values();

        assertThat(augmentation.of(counted(3), 7, 1).values()).isEqualTo(one);
        assertThat(augmentation.of(counted(3), 7, 2).values()).isNotEqualTo(one);
        assertThat(augmentation.of(counted(3), 8, 1).values()).isNotEqualTo(one);
    }

    @Test
    void white_stays_white_but_for_clouds() {
        AugmentationRecipe clear =
                new AugmentationRecipe(MUCH.geometry(), new Pixels(0.3, 0.3, 0.5, 0.8, 0));
        Image white = Image.filled(5, 4, Colour.WHITE);

        for (int number = 0; number < 20; number++) {
            assertThat(new Augmentation(clear).of(white, 3, number).values())
                    .containsExactly(white.values(), within(1e-6f));
        }
        assertThat(new Augmentation(MUCH).of(white, 3, 0).values()).isNotEqualTo(white.values());
    }

    @Test
    void a_quarter_turn_takes_each_pixel_from_where_it_was() {
        Image image =
                grey(
                        0.1f, 0.2f, 0.3f, //
                        0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f);
        Warp quarter = new Warp(1, 1, new Matrix(0, 1, -1, 0), 0, 0, STILL, STILL);

        assertThat(quarter.of(image).values())
                .containsExactly(
                        new float[] {
                            0.7f, 0.4f, 0.1f, //
                            0.8f, 0.5f, 0.2f,
                            0.9f, 0.6f, 0.3f
                        },
                        within(1e-6f));
    }

    @Test
    void moving_by_one_and_a_half_pixels_mixes_neighbours_and_lets_white_in() {
        Image image =
                grey(
                        0.2f, 0.4f, 0.6f, //
                        0.2f, 0.4f, 0.6f, 0.2f, 0.4f, 0.6f);
        Warp right = new Warp(1, 1, new Matrix(1, 0, 0, 1), 1.5, 0, STILL, STILL);

        assertThat(Arrays.copyOf(right.of(image).values(), 3))
                .containsExactly(new float[] {1, 0.6f, 0.3f}, within(1e-6f));
    }

    @Test
    void a_wave_moves_each_line_to_the_side_by_its_own_amount() {
        Image image =
                grey(
                        0.2f, 0.4f, 0.6f, //
                        0.2f, 0.4f, 0.6f, 0.2f, 0.4f, 0.6f);
        Wave wave = new Wave(1, Math.PI / 2, 0); // by 0, 1, 0 pixels
        Warp leaning = new Warp(1, 1, new Matrix(1, 0, 0, 1), 0, 0, wave, STILL);

        assertThat(leaning.of(image).values())
                .containsExactly(
                        new float[] {
                            0.2f, 0.4f, 0.6f, //
                            0.4f, 0.6f, 1,
                            0.2f, 0.4f, 0.6f
                        },
                        within(1e-6f));
    }

    @Test
    void ink_takes_the_place_of_another_channels_ink() {
        Image pixel = new Image(1, 1, 3, new float[] {1, 0.5f, 0.2f});
        Recolouring turned = new Recolouring(1, 1, 1, new double[] {1, 1, 1});
        Recolouring half = new Recolouring(0.5, 2, 1, new double[] {1, 1, 1});

        assertThat(turned.of(pixel).values())
                .containsExactly(new float[] {0.5f, 0.2f, 1}, within(1e-6f));
        assertThat(half.of(pixel).values())
                .containsExactly(new float[] {0.6f, 0.75f, 0.35f}, within(1e-6f));
    }

    @Test
    void ink_is_raised_to_a_power_and_made_stronger_a_channel() {
        Image pixel = new Image(1, 1, 3, new float[] {0, 0.5f, 1});
        Recolouring paler = new Recolouring(0, 1, 2, new double[] {0.5, 2, 1});

        assertThat(paler.of(pixel).values())
                .containsExactly(new float[] {0.5f, 0.5f, 1}, within(1e-6f));
    }

    @Test
    void a_blurred_dot_is_spread_over_nine_pixels_and_a_sharpened_one_is_darker() {
        Image dot = grey(1, 1, 1, 1, 0.1f, 1, 1, 1, 1);

        assertThat(new Blur(1).of(dot).values()[4]).isCloseTo(0.9f, within(1e-6f));
        assertThat(new Blur(1).of(dot).values()[1]).isCloseTo(0.9f, within(1e-6f));
        assertThat(new Blur(0.5f).of(dot).values()[4]).isCloseTo(0.5f, within(1e-6f));
        assertThat(new Blur(-0.5f).of(dot).values()[4]).isCloseTo(-0.3f, within(1e-6f));
    }

    @Test
    void clouds_change_whole_parts_of_a_image_and_not_single_pixels() {
        Image white = Image.filled(64, 64, Colour.WHITE);

        float[] light = SmoothNoise.drawn(MUCH, 5, 3).onto(white).values();

        double largestStep = 0;
        double largest = 0;
        for (int i = 3; i < 64 * 3; i++) { // along the first line
            largestStep = Math.max(largestStep, Math.abs(light[i] - light[i - 3]));
            largest = Math.max(largest, Math.abs(light[i] - 1));
        }
        assertThat(largest).isGreaterThan(0.01).isLessThan(0.4);
        assertThat(largestStep).isLessThan(2 * 0.4 / 8 + 1e-6); // a cell is eight pixels wide
    }

    @ParameterizedTest
    @ValueSource(doubles = {270, -1, Double.NaN})
    void turning_by_more_than_half_a_circle_is_refused(double turn) {
        assertThatThrownBy(() -> new Geometry(0, 0, 0, turn, 0))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("image.changes.geometry.turn")
                .hasMessageContaining(Double.toString(turn));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -0.1, Double.NaN})
    void a_share_of_one_or_more_or_below_zero_is_refused(double share) {
        assertThatThrownBy(() -> new Pixels(0, 0, 0, 0, share))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("image.changes.pixels.noise")
                .hasMessageContaining(Double.toString(share));
    }
}
