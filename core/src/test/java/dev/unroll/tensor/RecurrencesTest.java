package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Steps;
import dev.unroll.backend.Unary;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrencesTest {
    private static final int INPUT = 2;
    private static final int HIDDEN = 3;

    static Stream<Steps> steps() {
        return Stream.of(
                new Steps(new int[] {1}),
                new Steps(new int[] {3, 3}),
                new Steps(new int[] {1, 1, 1, 1}),
                new Steps(new int[] {3, 2, 2, 1}),
                new Steps(new int[0]));
    }

    private static Tensor x(Steps steps) {
        return Numbers.of(1, steps.rows(), INPUT);
    }

    private static Tensor first(int seed, Steps steps) {
        return Numbers.of(seed, steps.batch(), HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void elman_with_tanh_has_its_slopes_as_derivatives(Steps steps) {
        NumericGradient.check(
                xs -> Recurrences.elman(Unary.TANH, steps, xs[0], xs[1], xs[2], xs[3], xs[4]),
                x(steps),
                Numbers.of(2, INPUT, HIDDEN),
                Numbers.of(3, HIDDEN, HIDDEN),
                Numbers.of(4, HIDDEN),
                first(5, steps));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void elman_with_relu_has_its_slopes_as_derivatives(Steps steps) {
        // small weights and biases far from 0 keep every sum far from the kink
        NumericGradient.check(
                xs -> Recurrences.elman(Unary.RELU, steps, xs[0], xs[1], xs[2], xs[3], xs[4]),
                x(steps),
                Numbers.between(-0.2, 0.2, 2, INPUT, HIDDEN),
                Numbers.between(-0.05, 0.05, 3, HIDDEN, HIDDEN),
                Tensor.of(new float[] {1, -1, 1.5f}, HIDDEN),
                first(5, steps));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void lstm_has_its_slopes_as_derivatives(Steps steps) {
        NumericGradient.check(
                xs -> {
                    Recurrences.LstmStates s =
                            Recurrences.lstm(steps, xs[0], xs[1], xs[2], xs[3], xs[4], xs[5]);
                    return Tensor.concat(1, s.h(), s.c());
                },
                lstm(steps));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void lstm_has_its_slopes_when_only_one_state_is_used(Steps steps) {
        NumericGradient.check(
                xs -> Recurrences.lstm(steps, xs[0], xs[1], xs[2], xs[3], xs[4], xs[5]).h(),
                lstm(steps));
        NumericGradient.check(
                xs -> Recurrences.lstm(steps, xs[0], xs[1], xs[2], xs[3], xs[4], xs[5]).c(),
                lstm(steps));
    }

    private static Tensor[] lstm(Steps steps) {
        return new Tensor[] {
            x(steps),
            Numbers.of(2, INPUT, 4 * HIDDEN),
            Numbers.of(3, HIDDEN, 4 * HIDDEN),
            Numbers.of(4, 4 * HIDDEN),
            first(5, steps),
            first(6, steps)
        };
    }

    @ParameterizedTest
    @MethodSource("steps")
    void gru_has_its_slopes_as_derivatives_in_both_variants(Steps steps) {
        NumericGradient.check(
                xs -> Recurrences.gru(true, steps, xs[0], xs[1], xs[2], xs[3], xs[4], xs[5]),
                gru(steps));
        NumericGradient.check(
                xs -> Recurrences.gru(false, steps, xs[0], xs[1], xs[2], xs[3], xs[4], xs[5]),
                gru(steps));
    }

    private static Tensor[] gru(Steps steps) {
        return new Tensor[] {
            x(steps),
            Numbers.of(2, INPUT, 3 * HIDDEN),
            Numbers.of(3, HIDDEN, 3 * HIDDEN),
            Numbers.of(4, 3 * HIDDEN),
            Numbers.of(5, HIDDEN),
            first(6, steps)
        };
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        Steps steps = new Steps(new int[] {2, 1});
        NumericGradient.check(
                xs ->
                        Recurrences.elman(
                                Unary.TANH,
                                steps,
                                xs[0].transpose(),
                                xs[1].transpose(),
                                xs[2].transpose(),
                                xs[3],
                                xs[4].transpose()),
                Numbers.of(1, INPUT, 3),
                Numbers.of(2, HIDDEN, INPUT),
                Numbers.of(3, HIDDEN, HIDDEN),
                Numbers.of(4, HIDDEN),
                Numbers.of(5, HIDDEN, 2));
        NumericGradient.check(
                xs ->
                        Recurrences.lstm(
                                        steps,
                                        xs[0].transpose(),
                                        xs[1].transpose(),
                                        xs[2].transpose(),
                                        xs[3],
                                        xs[4].transpose(),
                                        xs[5].transpose())
                                .h()
                                .transpose(),
                Numbers.of(1, INPUT, 3),
                Numbers.of(2, 4 * HIDDEN, INPUT),
                Numbers.of(3, 4 * HIDDEN, HIDDEN),
                Numbers.of(4, 4 * HIDDEN),
                Numbers.of(5, HIDDEN, 2),
                Numbers.of(6, HIDDEN, 2));
        for (boolean resetAfter : new boolean[] {true, false}) {
            NumericGradient.check(
                    xs ->
                            Recurrences.gru(
                                            resetAfter,
                                            steps,
                                            xs[0].transpose(),
                                            xs[1].transpose(),
                                            xs[2].transpose(),
                                            xs[3],
                                            xs[4],
                                            xs[5].transpose())
                                    .transpose(),
                    Numbers.of(1, INPUT, 3),
                    Numbers.of(2, 3 * HIDDEN, INPUT),
                    Numbers.of(3, 3 * HIDDEN, HIDDEN),
                    Numbers.of(4, 3 * HIDDEN),
                    Numbers.of(5, HIDDEN),
                    Numbers.of(6, HIDDEN, 2));
        }
    }

    @Test
    void shapes_that_do_not_fit_are_named() {
        Steps steps = new Steps(new int[] {2, 1});
        Tensor[] l = lstm(steps);
        assertThatThrownBy(
                        () ->
                                Recurrences.lstm(
                                        steps, Tensor.zeros(4, 2), l[1], l[2], l[3], l[4], l[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lstm: x [4, 2] over 3 rows of 2 sequences");
        assertThatThrownBy(
                        () ->
                                Recurrences.lstm(
                                        steps, l[0], l[1], l[2], l[3], l[4], Tensor.zeros(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lstm: first cell state [1, 3]");
        Tensor[] g = gru(steps);
        assertThatThrownBy(
                        () ->
                                Recurrences.gru(
                                        true, steps, g[0], g[1], g[2], g[3], Tensor.zeros(2), g[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gru: bn [2]");
        assertThatThrownBy(
                        () ->
                                Recurrences.elman(
                                        Unary.EXP,
                                        steps,
                                        l[0],
                                        Tensor.zeros(2, 3),
                                        Tensor.zeros(3, 3),
                                        Tensor.zeros(3),
                                        l[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elman: f is TANH or RELU, not EXP");
    }
}
