package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Factors worked out by hand. */
class ScheduleTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private static void assertFactors(
            Schedule schedule, long length, long[] steps, double... factors) {
        double[] actual =
                LongStream.of(steps).mapToDouble(s -> factor(schedule, s, length)).toArray();
        assertThat(actual).containsExactly(factors, EXACT);
    }

    private static double factor(Schedule schedule, long step, long length) {
        return factor(schedule, step, OptionalLong.of(length), Monitor.lowest("loss"));
    }

    private static double factor(
            Schedule schedule, long step, OptionalLong length, Monitor monitor, Double... values) {
        return schedule.factor(new Schedule.Position(step, length, monitor, List.of(values)));
    }

    private static long[] at(long... steps) {
        return steps;
    }

    @Test
    void the_rise_is_straight_and_reaches_the_peak_at_its_last_step() {
        Schedule constant = new Schedule.Constant(4);
        assertFactors(constant, 900, at(1, 2, 3, 4, 5, 900), .25, .5, .75, 1, 1, 1);
        assertFactors(new Schedule.Constant(0), 9, at(1, 2), 1, 1);
        assertFactors(new Schedule.Constant(1), 9, at(1, 2), 1, 1);
    }

    @Test
    void a_straight_fall_ends_at_0() {
        assertFactors(new Schedule.Linear(0), 10, at(1, 5, 9, 10, 11), .9, .5, .1, 0, 0);
        assertFactors(new Schedule.Linear(2), 10, at(1, 2, 4, 6, 10), .5, 1, .75, .5, 0);
    }

    @Test
    void half_a_cosine_ends_at_0() {
        double third = 0.5 * (1 + 0.5); // cos 60° is a half
        assertFactors(new Schedule.Cosine(0), 6, at(2, 3, 4, 6, 7), third, .5, .25, 0, 0);
        Schedule warm = new Schedule.Cosine(10);
        assertFactors(warm, 16, at(5, 10, 12, 13, 16), .5, 1, third, .5, 0);
    }

    @Test
    void a_fall_needs_an_end() {
        for (Schedule schedule : List.of(new Schedule.Linear(0), new Schedule.Cosine(0))) {
            assertThatThrownBy(
                            () -> factor(schedule, 1, OptionalLong.empty(), Monitor.lowest("loss")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("limit the training by epochs or steps");
        }
    }

    @Test
    void the_inverse_square_root_is_the_papers_but_for_its_factor() {
        Schedule schedule = new Schedule.InverseSquareRoot(400);
        for (long step : new long[] {1, 100, 399, 400, 401, 1600, 100_000}) {
            double paper = Math.min(Math.pow(step, -0.5), step * Math.pow(400, -1.5));
            assertThat(factor(schedule, step, 1_000_000))
                    .isCloseTo(paper / Math.pow(400, -0.5), EXACT);
        }
        assertFactors(schedule, 1_600, at(200, 400, 1600), .5, 1, .5);
        assertFactors(new Schedule.InverseSquareRoot(0), 9, at(1, 9), 1, 1 / 3.0);
    }

    @Test
    void a_plateau_halves_the_rate_after_so_many_validations_without_a_new_best() {
        Schedule schedule = new Schedule.Plateau(0, 0.5, 2);
        assertThat(factors(schedule, 5, 4, 4.5, 3, 3, 3.5, 2.9, 9, 9, 9, 9))
                .containsExactly(1, 1, 1, 1, 1, 1, .5, .5, .5, .25, .25, .125);
        assertThat(factors(schedule, Double.POSITIVE_INFINITY, 5)).containsExactly(1, 1, 1);
    }

    /** The factors before any and after each of the losses. */
    private static double[] factors(Schedule schedule, double... losses) {
        Monitor loss = Monitor.lowest("loss");
        Double[] all = DoubleStream.of(losses).boxed().toArray(Double[]::new);
        return IntStream.rangeClosed(0, all.length)
                .mapToDouble(
                        n ->
                                factor(
                                        schedule,
                                        100,
                                        OptionalLong.empty(),
                                        loss,
                                        Arrays.copyOf(all, n)))
                .toArray();
    }

    @Test
    void a_plateau_of_a_metric_that_should_grow_waits_for_a_higher_value() {
        Schedule schedule = new Schedule.Plateau(0, 0.5, 2);
        OptionalLong endless = OptionalLong.empty();
        Monitor bleu = Monitor.highest("bleu");
        assertThat(factor(schedule, 9, endless, bleu, 5.0, 6.0, 5.5)).isEqualTo(1);
        assertThat(factor(schedule, 9, endless, bleu, 5.0, 6.0, 5.5, 6.0)).isEqualTo(0.5);
    }

    @Test
    void a_training_of_one_step_is_made_at_the_full_learning_rate() {
        assertFactors(new Schedule.Linear(0), 1, at(1), 1);
        assertFactors(new Schedule.Cosine(0), 1, at(1), 1);
    }

    @Test
    void a_training_shorter_than_its_warm_up_only_rises() {
        assertFactors(new Schedule.Linear(400), 300, at(1, 100, 300), 0.0025, 0.25, 0.75);
        assertFactors(new Schedule.Cosine(400), 300, at(1, 100, 300), 0.0025, 0.25, 0.75);
    }

    @Test
    void a_warm_up_is_counted_from_0() {
        assertThatThrownBy(() -> new Schedule.Constant(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void a_plateau_has_a_share_to_fall_by_and_some_patience() {
        for (double factor : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Schedule.Plateau(0, factor, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(0, 1)");
        }
        assertThatThrownBy(() -> new Schedule.Plateau(0, 0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience");
    }
}
