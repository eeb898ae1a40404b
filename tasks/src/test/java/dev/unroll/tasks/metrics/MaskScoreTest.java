package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.formats.image.ImageMask;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskScoreTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final ImageMask LEFT =
            mask("####......", "####......", "####......", "####......");

    @Test
    void the_region_is_what_both_share_of_what_either_has() {
        ImageMask square = mask("####..", "####..", "####..", "####..");
        ImageMask moved = mask("..####", "..####", "..####", "..####");
        assertThat(MaskScore.of(square, moved).region()).isCloseTo(8 / 24.0, EXACT);
    }

    @Test
    void an_outline_one_pixel_off_is_right_in_a_small_image_and_two_off_is_not() {
        // diagonal 10.8, tolerance 0.086 rounded up to 1; outlines are the columns 3, 4 and 5
        ImageMask oneOff = mask("#####.....", "#####.....", "#####.....", "#####.....");
        ImageMask twoOff = mask("######....", "######....", "######....", "######....");
        assertThat(MaskScore.of(LEFT, oneOff).boundary()).isEqualTo(1);
        assertThat(MaskScore.of(LEFT, twoOff).boundary()).isZero();
    }

    @Test
    void a_boundary_worked_out_by_hand() {
        // outline of the step: x 3 in row 0; 3 to 7 in row 1; 7 in rows 2 and 3: 8 pixels,
        // of which (3,0), (3,1), (4,1) are within 1 of column 3: precision 3/8
        // column 3: (3,0), (3,1), (3,2) are within 1 of the step's outline: recall 3/4
        ImageMask step = mask("####......", "####......", "########..", "########..");
        MaskScore score = MaskScore.of(LEFT, step);
        assertThat(score.boundary()).isCloseTo(2 * (3 / 8.0) * (3 / 4.0) / (9 / 8.0), EXACT);
        assertThat(score.region()).isCloseTo(16 / 24.0, EXACT);
    }

    @Test
    void the_tolerance_is_a_disk() {
        // diagonal 244.5 and so 2 pixels at a quarter of DAVIS' size
        ImageMask point = dot(213, 120, 100, 60);
        assertThat(MaskScore.of(point, dot(213, 120, 100, 60)).boundary()).isEqualTo(1);
        // A dot's outline is itself and the pixels left, above and above-left of it: a square of 4.
        // Moved by (3,1), only (100,60) and (102,60) are within 2; a square would take in (2,1)
        // too.
        assertThat(MaskScore.of(point, dot(213, 120, 103, 61)).boundary()).isCloseTo(0.25, EXACT);
    }

    @Test
    void two_empty_masks_agree_and_one_empty_mask_does_not() {
        ImageMask empty = new ImageMask(10, 4, new boolean[40]);
        assertThat(MaskScore.of(empty, empty)).isEqualTo(new MaskScore(1, 1));
        assertThat(MaskScore.of(LEFT, empty)).isEqualTo(new MaskScore(0, 0));
        assertThat(MaskScore.of(empty, LEFT)).isEqualTo(new MaskScore(0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void perfect_is_1_both_ways_are_the_same_and_everything_lies_between(long seed) {
        Random random = new Random(seed);
        ImageMask one = noise(random);
        ImageMask other = noise(random);
        assertThat(MaskScore.of(one, one)).isEqualTo(new MaskScore(1, 1));
        MaskScore score = MaskScore.of(one, other);
        MaskScore back = MaskScore.of(other, one);
        assertThat(score.region()).isBetween(0.0, 1.0).isEqualTo(back.region());
        assertThat(score.boundary()).isBetween(0.0, 1.0).isCloseTo(back.boundary(), EXACT);
    }

    @Test
    void the_mean_is_taken_of_each_measure() {
        assertThat(MaskScore.mean(List.of(new MaskScore(1, 0.5), new MaskScore(0, 0))))
                .isEqualTo(new MaskScore(0.5, 0.25));
    }

    @Test
    void masks_of_other_sizes_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskScore.of(LEFT, new ImageMask(4, 10, new boolean[40])))
                .withMessage("MaskScore: masks of 10 x 4 and 4 x 10 pixels cannot be compared");
        assertThatIllegalArgumentException().isThrownBy(() -> MaskScore.mean(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageMask(0, 4, new boolean[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageMask(2, 2, new boolean[3]));
    }

    private static ImageMask mask(String... rows) {
        String all = String.join("", rows);
        boolean[] inside = new boolean[all.length()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = all.charAt(i) == '#';
        }
        return new ImageMask(rows[0].length(), rows.length, inside);
    }

    private static ImageMask dot(int width, int height, int x, int y) {
        boolean[] inside = new boolean[width * height];
        inside[y * width + x] = true;
        return new ImageMask(width, height, inside);
    }

    private static ImageMask noise(Random random) {
        boolean[] inside = new boolean[12 * 9];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = random.nextInt(3) == 0;
        }
        return new ImageMask(12, 9, inside);
    }
}
