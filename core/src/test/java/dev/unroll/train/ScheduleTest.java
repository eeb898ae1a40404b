package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates worked out by hand. */
class ScheduleTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private static void assertRates(Schedule schedule, long[] steps, double... rates) {
        double[] actual = LongStream.of(steps).mapToDouble(s -> rate(schedule, s)).toArray();
        assertThat(actual).containsExactly(rates, EXACT);
    }

    private static double rate(Schedule schedule, long step, Double... losses) {
        return schedule.learningRate(
                step, new Schedule.Validations(Monitor.lowest("loss"), List.of(losses)));
    }

    private static long[] at(long... steps) {
        return steps;
    }

    @Test
    void the_rise_is_straight_and_reaches_the_peak_at_its_last_step() {
        assertRates(new Schedule.Constant(0.8, 4), at(1, 2, 3, 4, 5, 900), .2, .4, .6, .8, .8, .8);
        assertRates(new Schedule.Constant(0.8, 0), at(1, 2), .8, .8);
        assertRates(new Schedule.Constant(0.8, 1), at(1, 2), .8, .8);
    }

    @Test
    void a_straight_fall_ends_at_0() {
        assertRates(new Schedule.Linear(2, 0, 10), at(1, 5, 9, 10, 11), 1.8, 1, .2, 0, 0);
        assertRates(new Schedule.Linear(2, 2, 10), at(1, 2, 4, 6, 10), 1, 2, 1.5, 1, 0);
    }

    @Test
    void half_a_cosine_ends_at_0() {
        double third = 0.5 * (1 + 0.5); // cos 60° is a half
        assertRates(new Schedule.Cosine(2, 0, 6), at(2, 3, 4, 6, 7), 2 * third, 1, .5, 0, 0);
        assertRates(new Schedule.Cosine(2, 10, 16), at(5, 10, 12, 13, 16), 1, 2, 2 * third, 1, 0);
    }

    @Test
    void the_inverse_square_root_is_the_papers_but_for_its_factor() {
        Schedule schedule = new Schedule.InverseSquareRoot(3, 400);
        for (long step : new long[] {1, 100, 399, 400, 401, 1600, 100_000}) {
            double paper = Math.min(Math.pow(step, -0.5), step * Math.pow(400, -1.5));
            assertThat(rate(schedule, step)).isCloseTo(3 * paper / Math.pow(400, -0.5), EXACT);
        }
        assertRates(schedule, at(200, 400, 1600), 1.5, 3, 1.5);
        assertRates(new Schedule.InverseSquareRoot(3, 0), at(1, 9), 3, 1);
    }

    @Test
    void a_plateau_halves_the_rate_after_so_many_measurements_without_a_new_best() {
        Schedule schedule = new Schedule.Plateau(8, 0, 0.5, 2);
        assertThat(rates(schedule, 5, 4, 4.5, 3, 3, 3.5, 2.9, 9, 9, 9, 9))
                .containsExactly(8, 8, 8, 8, 8, 8, 4, 4, 4, 2, 2, 1);
        assertThat(rate(schedule, 1, Double.POSITIVE_INFINITY, 5.0)).isEqualTo(8);
    }

    @Test
    void a_plateau_of_a_metric_that_should_grow_waits_for_a_higher_value() {
        Schedule schedule = new Schedule.Plateau(8, 0, 0.5, 2);
        Monitor bleu = Monitor.highest("bleu");
        assertThat(learningRate(schedule, bleu, 5.0, 6.0, 5.5)).isEqualTo(8);
        assertThat(learningRate(schedule, bleu, 5.0, 6.0, 5.5, 6.0)).isEqualTo(4);
    }

    private static double learningRate(Schedule schedule, Monitor monitor, Double... values) {
        return schedule.learningRate(9, new Schedule.Validations(monitor, List.of(values)));
    }

    @Test
    void a_training_of_one_step_is_made_at_the_peak() {
        assertRates(new Schedule.Linear(2, 0, 1), at(1), 2);
        assertRates(new Schedule.Cosine(2, 0, 1), at(1), 2);
    }

    /** The rates before any and after each of the figures. */
    private static double[] rates(Schedule schedule, double... figures) {
        List<Double> all = DoubleStream.of(figures).boxed().toList();
        double[] rates = new double[figures.length + 1];
        for (int n = 0; n <= figures.length; n++) {
            rates[n] = rate(schedule, 100, all.subList(0, n).toArray(Double[]::new));
        }
        return rates;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_peak_is_a_number_above_0(double peak) {
        assertThatThrownBy(() -> new Schedule.Constant(peak, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Double.toString(peak));
    }

    @Test
    void a_training_shorter_than_its_warm_up_only_rises() {
        assertRates(new Schedule.Linear(1, 400, 300), at(1, 100, 300), 0.0025, 0.25, 0.75);
        assertRates(new Schedule.Cosine(1, 400, 300), at(1, 100, 300), 0.0025, 0.25, 0.75);
    }

    @Test
    void a_warm_up_is_counted_from_0() {
        assertThatThrownBy(() -> new Schedule.Constant(1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void a_plateau_has_a_share_to_fall_by_and_some_patience() {
        for (double factor : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Schedule.Plateau(1, 0, factor, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(0, 1)");
        }
        assertThatThrownBy(() -> new Schedule.Plateau(1, 0, 0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience");
    }
}
