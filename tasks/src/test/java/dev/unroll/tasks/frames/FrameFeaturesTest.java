package dev.unroll.tasks.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFeaturesTest {

    private static float[][] joints(int frames, long seed) {
        Random random = new Random(seed);
        float[][] joints = new float[frames][18];
        for (float[] row : joints) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
        }
        return joints;
    }

    @Test
    void motion_is_what_comes_after_less_what_was_before() {
        float[][] rows = {{0}, {1}, {4}, {9}, {16}};
        float[][] features =
                FrameFeatures.of(FrameData.Features.WITH_MOTION, new FrameRows("squares", rows));
        // itself, then one, three and six frames to each side, as far as the video goes
        assertThat(features[2]).containsExactly(4, 9 - 1, 16 - 0, 16 - 0);
        assertThat(features[0]).containsExactly(0, 1 - 0, 9 - 0, 16 - 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void joints_do_not_depend_on_where_a_person_stands_or_how_large_they_are(long seed) {
        float[][] here = joints(12, seed);
        float[][] there = new float[12][18];
        for (int t = 0; t < 12; t++) {
            for (int i = 0; i < 18; i++) {
                there[t][i] = 2 * here[t][i] + 3 + i % 3;
            }
        }
        float[][] first = FrameFeatures.of(FrameData.Features.JOINTS, new FrameRows("", here));
        float[][] second = FrameFeatures.of(FrameData.Features.JOINTS, new FrameRows("", there));
        assertThat(first[0]).hasSize(15 + 3 * 16);
        for (int t = 0; t < 12; t++) {
            assertThat(second[t]).containsExactly(first[t], within(1e-4f));
        }
    }

    @Test
    void joints_of_a_body_without_length_are_finite() {
        float[][] features =
                FrameFeatures.of(FrameData.Features.JOINTS, new FrameRows("", new float[3][18]));
        for (float[] row : Standardizer.of(List.<float[][]>of(features)).apply(features)) {
            assertThat(row).containsOnly(0);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                FrameFeatures.of(
                                        FrameData.Features.JOINTS,
                                        new FrameRows("v", new float[3][17])))
                .withMessageContaining("17 columns; joints are 18");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_is_standardised_has_mean_0_and_deviation_1(long seed) {
        float[][] rows = joints(200, seed);
        float[][] standard = Standardizer.of(List.<float[][]>of(rows)).apply(rows);
        for (int i = 0; i < 18; i++) {
            int column = i;
            double mean = Arrays.stream(standard).mapToDouble(r -> r[column]).average().orElse(9);
            double square =
                    Arrays.stream(standard)
                            .mapToDouble(r -> r[column] * r[column])
                            .average()
                            .orElse(9);
            assertThat(mean).isCloseTo(0, within(1e-5));
            assertThat(square).isCloseTo(1, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 17, 100})
    void windows_cover_every_frame_and_none_is_too_long(int frames) {
        int[] seen = new int[frames];
        for (FrameWindows.Window w : FrameWindows.overlapping(frames, 16)) {
            assertThat(w.length()).isEqualTo(Math.min(frames, 16));
            for (int t = w.from(); t < w.to(); t++) {
                seen[t]++;
            }
        }
        assertThat(Arrays.stream(seen).min().orElse(0)).isPositive();
        int[] drawn = new int[frames];
        for (FrameWindows.Window w : FrameWindows.drawn(frames, 16, frames % 7 / 7f)) {
            assertThat(w.length()).isBetween(1, 16);
            for (int t = w.from(); t < w.to(); t++) {
                drawn[t]++;
            }
        }
        assertThat(drawn).containsOnly(1);
    }
}
