package dev.unroll.tasks.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void a_case_worked_out_by_hand() {
        // above 0.5: confidences 0.9, 0.8 (mean 0.85), half right, 2 of 3; else 0.4, right, 1 of 3
        Calibration calibration =
                Calibration.of(new double[] {0.9, 0.4, 0.8}, new boolean[] {true, true, false}, 2);
        assertThat(calibration.error()).isCloseTo(0.35 * 2 / 3 + 0.6 / 3, EXACT);
        Calibration.Bin low = calibration.bins().getFirst();
        assertThat(low).isEqualTo(new Calibration.Bin(0, 0.5, 1, 0.4, 1));
        assertThat(calibration.bins().getLast().confidence()).isCloseTo(0.85, EXACT);
        assertThat(calibration.bins().getLast().accuracy()).isEqualTo(0.5);
    }

    @Test
    void a_bin_ends_with_its_upper_border() {
        Calibration calibration =
                Calibration.of(new double[] {0, 0.5, 1}, new boolean[] {true, true, true}, 2);
        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(2L, 1L);
    }

    @Test
    void who_is_always_right_and_sure_has_no_error_and_who_is_always_wrong_and_sure_has_1() {
        double[] sure = {1, 1};
        assertThat(Calibration.of(sure, new boolean[] {true, true}).error()).isZero();
        assertThat(Calibration.of(sure, new boolean[] {false, false}).error()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_bins_hold_every_prediction_and_make_up_the_error(long seed) {
        Random random = new Random(seed);
        double[] confidences = random.doubles(200).toArray();
        boolean[] right = new boolean[200];
        for (int i = 0; i < 200; i++) {
            right[i] = random.nextBoolean();
        }
        Calibration calibration = Calibration.of(confidences, right);
        assertThat(calibration.bins()).hasSize(15);
        assertThat(calibration.bins().stream().mapToLong(Calibration.Bin::count).sum())
                .isEqualTo(200);
        assertThat(
                        calibration.bins().stream()
                                .mapToDouble(
                                        b -> b.count() * Math.abs(b.accuracy() - b.confidence()))
                                .sum())
                .isCloseTo(200 * calibration.error(), within(1e-9));
    }

    @Test
    void what_is_no_confidence_is_refused() {
        boolean[] one = {true};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[] {Double.NaN}, one))
                .withMessageContaining("confidence NaN of prediction 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[] {1.5}, one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[0], new boolean[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.of(new double[2], one));
    }
}
