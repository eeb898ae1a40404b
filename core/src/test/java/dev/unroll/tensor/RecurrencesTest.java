package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.TimeMajorSteps;
import dev.unroll.backend.Unary;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrencesTest {
    private static final int INPUT = 2;
    private static final int HIDDEN = 3;

    static Stream<TimeMajorSteps> steps() {
        return Stream.of(
                new TimeMajorSteps(new int[] {1}),
                new TimeMajorSteps(new int[] {3, 3}),
                new TimeMajorSteps(new int[] {1, 1, 1, 1}),
                new TimeMajorSteps(new int[] {3, 2, 2, 1}),
                new TimeMajorSteps(new int[0]));
    }

    private static Tensor x(TimeMajorSteps steps) {
        return Numbers.of(1, steps.rows(), INPUT);
    }

    private static Tensor first(int seed, TimeMajorSteps steps) {
        return Numbers.of(seed, steps.batch(), HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void elman_with_tanh_or_sigmoid_has_its_slopes_as_derivatives(TimeMajorSteps steps) {
        for (Unary f : new Unary[] {Unary.TANH, Unary.SIGMOID}) {
            NumericGradient.check(
                    xs ->
                            Recurrences.elman(
                                    f, steps, IndexedRows.each(xs[0]), xs[1], xs[2], xs[3], xs[4]),
                    x(steps),
                    Numbers.of(2, INPUT, HIDDEN),
                    Numbers.of(3, HIDDEN, HIDDEN),
                    Numbers.of(4, HIDDEN),
                    first(5, steps));
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void elman_with_relu_has_its_slopes_as_derivatives(TimeMajorSteps steps) {
        // small weights and biases far from 0 keep every sum far from the kink
        NumericGradient.check(
                xs ->
                        Recurrences.elman(
                                Unary.RELU,
                                steps,
                                IndexedRows.each(xs[0]),
                                xs[1],
                                xs[2],
                                xs[3],
                                xs[4]),
                x(steps),
                Numbers.between(-0.2, 0.2, 2, INPUT, HIDDEN),
                Numbers.between(-0.05, 0.05, 3, HIDDEN, HIDDEN),
                Tensor.of(new float[] {1, -1, 1.5f}, HIDDEN),
                first(5, steps));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void lstm_has_its_slopes_as_derivatives(TimeMajorSteps steps) {
        NumericGradient.check(
                xs -> {
                    Recurrences.LstmStates s =
                            Recurrences.lstm(
                                    steps,
                                    IndexedRows.each(xs[0]),
                                    xs[1],
                                    xs[2],
                                    xs[3],
                                    xs[4],
                                    xs[5]);
                    return Tensor.concat(1, s.h(), s.c());
                },
                lstm(steps));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void lstm_has_its_slopes_when_only_one_state_is_used(TimeMajorSteps steps) {
        NumericGradient.check(
                xs ->
                        Recurrences.lstm(
                                        steps,
                                        IndexedRows.each(xs[0]),
                                        xs[1],
                                        xs[2],
                                        xs[3],
                                        xs[4],
                                        xs[5])
                                .h(),
                lstm(steps));
        NumericGradient.check(
                xs ->
                        Recurrences.lstm(
                                        steps,
                                        IndexedRows.each(xs[0]),
                                        xs[1],
                                        xs[2],
                                        xs[3],
                                        xs[4],
                                        xs[5])
                                .c(),
                lstm(steps));
    }

    private static Tensor[] lstm(TimeMajorSteps steps) {
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
    void gru_has_its_slopes_as_derivatives_in_both_variants(TimeMajorSteps steps) {
        NumericGradient.check(
                xs ->
                        Recurrences.gru(
                                true,
                                steps,
                                IndexedRows.each(xs[0]),
                                xs[1],
                                xs[2],
                                xs[3],
                                xs[4],
                                xs[5]),
                gru(steps));
        NumericGradient.check(
                xs ->
                        Recurrences.gru(
                                false,
                                steps,
                                IndexedRows.each(xs[0]),
                                xs[1],
                                xs[2],
                                xs[3],
                                xs[4],
                                xs[5]),
                gru(steps));
    }

    private static Tensor[] gru(TimeMajorSteps steps) {
        return new Tensor[] {
            x(steps),
            Numbers.of(2, INPUT, 3 * HIDDEN),
            Numbers.of(3, HIDDEN, 3 * HIDDEN),
            Numbers.of(4, 3 * HIDDEN),
            Numbers.of(5, HIDDEN),
            first(6, steps)
        };
    }

    /** Rows of tables: shorter than the rows, longer, and each once in another order. */
    static Stream<int[]> picks() {
        return Stream.of(
                new int[] {3, 2, 0, 0, 1, 2, 2, 0, 0},
                new int[] {11, 10, 3, 3, 3, 0, 7, 8, 9},
                new int[] {8, 7, 0, 6, 1, 5, 2, 4, 3});
    }

    @ParameterizedTest
    @MethodSource("picks")
    void picked_rows_are_as_good_as_their_copies(int[] pick) {
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {3, 2, 2, 1});
        int[] index = Arrays.copyOfRange(pick, 1, pick.length);
        Tensor[] l = lstm(steps);
        Tensor[] g = gru(steps);
        Tensor table = Numbers.of(9, pick[0], INPUT);
        assertSame(
                table, index, x -> Recurrences.elman(Unary.TANH, steps, x, e(0), e(1), e(2), e(3)));
        assertSame(table, index, x -> Recurrences.lstm(steps, x, l[1], l[2], l[3], l[4], l[5]).h());
        for (boolean after : new boolean[] {true, false}) {
            assertSame(
                    table,
                    index,
                    x -> Recurrences.gru(after, steps, x, g[1], g[2], g[3], g[4], g[5]));
        }
        NumericGradient.check(
                xs ->
                        Recurrences.lstm(
                                        steps,
                                        new IndexedRows(xs[0], index),
                                        xs[1],
                                        xs[2],
                                        xs[3],
                                        xs[4],
                                        xs[5])
                                .h(),
                table,
                l[1],
                l[2],
                l[3],
                l[4],
                l[5]);
    }

    /** Weights of an Elman network. */
    private static Tensor e(int i) {
        return switch (i) {
            case 0 -> Numbers.of(2, INPUT, HIDDEN);
            case 1 -> Numbers.of(3, HIDDEN, HIDDEN);
            case 2 -> Numbers.of(4, HIDDEN);
            default -> Numbers.of(5, 3, HIDDEN);
        };
    }

    /** Values to the bit, for a row's sum does not depend on other rows; gradients nearly. */
    private static void assertSame(Tensor table, int[] index, Function<IndexedRows, Tensor> f) {
        Tensor picked = f.apply(new IndexedRows(table, index));
        Tensor copied = f.apply(IndexedRows.each(table.gather(index)));
        assertThat(picked.toArray()).isEqualTo(copied.toArray());
        Gradients ofPicked =
                Gradients.of(() -> f.apply(new IndexedRows(table, index)).square().sum(), table);
        Gradients ofCopies =
                Gradients.of(
                        () -> f.apply(IndexedRows.each(table.gather(index))).square().sum(), table);
        Numbers.assertClose(ofPicked.of(table), ofCopies.of(table), 1e-5);
    }

    @Test
    void a_row_that_is_not_in_the_table_cannot_be_picked() {
        assertThatThrownBy(() -> new IndexedRows(Tensor.zeros(3, 2), new int[] {0, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picked: there is no row 3 in [3, 2]");
    }

    @Test
    void the_order_in_memory_does_not_matter() {
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {2, 1});
        NumericGradient.check(
                xs ->
                        Recurrences.elman(
                                Unary.TANH,
                                steps,
                                IndexedRows.each(xs[0].transpose()),
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
                                        IndexedRows.each(xs[0].transpose()),
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
                                            IndexedRows.each(xs[0].transpose()),
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
        TimeMajorSteps steps = new TimeMajorSteps(new int[] {2, 1});
        Tensor[] l = lstm(steps);
        assertThatThrownBy(
                        () ->
                                Recurrences.lstm(
                                        steps,
                                        IndexedRows.each(Tensor.zeros(4, 2)),
                                        l[1],
                                        l[2],
                                        l[3],
                                        l[4],
                                        l[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lstm: x [4, 2] over 3 rows of 2 sequences");
        assertThatThrownBy(
                        () ->
                                Recurrences.lstm(
                                        steps,
                                        IndexedRows.each(l[0]),
                                        l[1],
                                        l[2],
                                        l[3],
                                        l[4],
                                        Tensor.zeros(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lstm: first cell state [1, 3]");
        Tensor[] g = gru(steps);
        assertThatThrownBy(
                        () ->
                                Recurrences.gru(
                                        true,
                                        steps,
                                        IndexedRows.each(g[0]),
                                        g[1],
                                        g[2],
                                        g[3],
                                        Tensor.zeros(2),
                                        g[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gru: bn [2]");
        assertThatThrownBy(
                        () ->
                                Recurrences.elman(
                                        Unary.EXP,
                                        steps,
                                        IndexedRows.each(l[0]),
                                        Tensor.zeros(2, 3),
                                        Tensor.zeros(3, 3),
                                        Tensor.zeros(3),
                                        l[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elman: f is TANH, RELU or SIGMOID, not EXP");
    }
}
