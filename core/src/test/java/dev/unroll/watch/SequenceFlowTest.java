package dev.unroll.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.nn.Observation;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.recurrent.MinLstm;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients by time step against slopes that are measured. */
class SequenceFlowTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 4;
    private static final int LENGTH = 6;
    private static final double STEP = 1 / 64.0;

    static Stream<Cell> cells() {
        Seed seed = new Seed(5);
        return Stream.of(
                Elman.of(INPUT, HIDDEN, seed),
                Gru.of(INPUT, HIDDEN, seed),
                Lstm.of(INPUT, HIDDEN, seed),
                MinGru.of(INPUT, HIDDEN, seed),
                MinLstm.of(INPUT, HIDDEN, seed));
    }

    /** The loss at the end: a mixture of the numbers of the last hidden state. */
    private static Tensor loss(Tensor h) {
        return h.times(Numbers.of(9, 1, HIDDEN)).sum();
    }

    private static Tensor loss(Cell cell, Tensor xs) {
        Sequences rows = new Sequences(xs, Layout.of(LENGTH));
        return loss(cell.unroll(rows, cell.start(1), false).last().h());
    }

    private static SequenceFlow flow(Cell cell, Tensor xs) {
        Collector collector = new Collector(Parameters.of(cell));
        Observation.of(collector, () -> Gradients.of(() -> loss(cell, xs)));
        return collector.sequences().getFirst();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void the_gradient_of_each_input_equals_the_measured_slope(Cell cell) {
        Tensor xs = Numbers.of(1, LENGTH, INPUT);
        SequenceFlow flow = flow(cell, xs);
        assertThat(flow.input()).hasSize(LENGTH);
        for (int t = 0; t < LENGTH; t++) {
            double squares = 0;
            for (int i = 0; i < INPUT; i++) {
                int place = t * INPUT + i;
                double slope = slope(xs, place, moved -> loss(cell, moved).item(), LENGTH, INPUT);
                squares += slope * slope;
            }
            assertThat(flow.input()[LENGTH - 1 - t])
                    .as("input %d", t)
                    .isCloseTo(Math.sqrt(squares), within(1e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void the_gradient_through_h_and_through_c_equals_the_measured_slope(Cell cell) {
        Tensor xs = Numbers.of(1, LENGTH, INPUT);
        SequenceFlow flow = flow(cell, xs);
        CellState state = cell.start(1);
        for (int t = 0; t < LENGTH; t++) {
            int from = t;
            CellState at = state;
            int following = LENGTH - 1 - t;
            double h = 0;
            double c = 0;
            for (int i = 0; i < HIDDEN; i++) {
                double slope =
                        slope(
                                at.h(),
                                i,
                                moved -> rest(cell, xs, from, with(at, moved, at.c())),
                                1,
                                HIDDEN);
                h += slope * slope;
                if (cell.memory() > 0) {
                    double across =
                            slope(
                                    at.c(),
                                    i,
                                    moved -> rest(cell, xs, from, with(at, at.h(), moved)),
                                    1,
                                    HIDDEN);
                    c += across * across;
                }
            }
            assertThat(flow.state()[following])
                    .as("h before step %d", t)
                    .isCloseTo(Math.sqrt(h), within(1e-3));
            if (cell.memory() > 0) {
                assertThat(flow.memory()[following])
                        .as("c before step %d", t)
                        .isCloseTo(Math.sqrt(c), within(1e-3));
            } else {
                assertThat(flow.memory()).isEmpty();
            }
            state = cell.step(xs.slice(0, t, t + 1), state);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void for_a_loss_at_the_end_the_gains_multiply_to_what_is_left_of_the_gradient(Cell cell) {
        Tensor xs = Numbers.of(1, LENGTH, INPUT);
        SequenceFlow flow = flow(cell, xs);
        double[] weights = new double[HIDDEN];
        float[] mixture = Numbers.of(9, 1, HIDDEN).toArray();
        double atEnd = 0;
        for (int i = 0; i < weights.length; i++) {
            atEnd += (double) mixture[i] * mixture[i];
        }
        for (int k = 0; k < LENGTH; k++) {
            double through = flow.state()[k];
            double across = flow.memory().length == 0 ? 0 : flow.memory()[k];
            assertThat(flow.kept(k + 1))
                    .isCloseTo(Math.hypot(through, across) / Math.sqrt(atEnd), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void sequences_of_several_lengths_are_counted_from_their_ends(Cell cell) {
        Tensor xs = Numbers.of(1, 5, INPUT);
        Tensor alone = Numbers.of(1, 5, INPUT).slice(0, 3, 5);
        Sequences both = new Sequences(xs, Layout.of(3, 2));
        Collector collector = new Collector(Parameters.of(cell));
        Observation.of(
                collector,
                () ->
                        Gradients.of(
                                () ->
                                        cell.unroll(both, cell.start(2), false)
                                                .last()
                                                .h()
                                                .times(Numbers.of(9, 1, HIDDEN))
                                                .sum()));
        SequenceFlow together = collector.sequences().getFirst();
        Collector single = new Collector(Parameters.of(cell));
        Observation.of(
                single,
                () ->
                        Gradients.of(
                                () ->
                                        loss(
                                                cell.unroll(
                                                                new Sequences(alone, Layout.of(2)),
                                                                cell.start(1),
                                                                false)
                                                        .last()
                                                        .h())));
        Collector longer = new Collector(Parameters.of(cell));
        Tensor three = xs.slice(0, 0, 3);
        Observation.of(
                longer,
                () ->
                        Gradients.of(
                                () ->
                                        loss(
                                                cell.unroll(
                                                                new Sequences(three, Layout.of(3)),
                                                                cell.start(1),
                                                                false)
                                                        .last()
                                                        .h())));
        double[] short2 = single.sequences().getFirst().input();
        double[] long3 = longer.sequences().getFirst().input();
        assertThat(together.input()).hasSize(3);
        for (int k = 0; k < 2; k++) {
            double mean = Math.sqrt((short2[k] * short2[k] + long3[k] * long3[k]) / 2);
            assertThat(together.input()[k]).isCloseTo(mean, within(1e-5));
        }
        assertThat(together.input()[2]).isCloseTo(long3[2], within(1e-5));
    }

    private static CellState with(CellState like, Tensor h, Tensor c) {
        return like.hasMemory() ? new CellState(h, c) : new CellState(h);
    }

    private static double rest(Cell cell, Tensor xs, int from, CellState state) {
        CellState s = state;
        for (int t = from; t < LENGTH; t++) {
            s = cell.step(xs.slice(0, t, t + 1), s);
        }
        return loss(s.h()).item();
    }

    @FunctionalInterface
    private interface At {
        double value(Tensor moved);
    }

    private static double slope(Tensor x, int place, At f, int... dims) {
        float[] up = x.toArray();
        float[] down = x.toArray();
        up[place] += (float) STEP;
        down[place] -= (float) STEP;
        double width = (double) up[place] - down[place];
        return (f.value(Tensor.of(up, dims)) - f.value(Tensor.of(down, dims))) / width;
    }
}
