package dev.unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell unrolled in one operation is the cell stepped by its formula; a cell without such an
 * operation keeps the other rules.
 */
class CellTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 5;

    private static final List<Layout> LAYOUTS =
            List.of(
                    Layout.of(1),
                    Layout.of(4),
                    Layout.of(3, 3),
                    Layout.of(2, 5, 1, 4),
                    Layout.of(0, 2, 0, 3, 1),
                    Layout.of(0, 0),
                    Layout.of(),
                    Layout.of(1, 1, 1, 1, 1, 1, 1, 1, 1));

    /** Each with biases that are not 0. */
    static Stream<Cell> cells() {
        Seed seed = new Seed(7);
        Gru after = Gru.of(Gru.Reset.AFTER, INPUT, HIDDEN, seed);
        Gru before = Gru.of(Gru.Reset.BEFORE, INPUT, HIDDEN, seed);
        Lstm lstm = Lstm.of(INPUT, HIDDEN, seed);
        Elman tanh = Elman.of(Elman.Activation.TANH, INPUT, HIDDEN, seed);
        Elman relu = Elman.of(Elman.Activation.RELU, INPUT, HIDDEN, seed);
        Elman sigmoid = Elman.of(Elman.Activation.SIGMOID, INPUT, HIDDEN, seed);
        LstmVariant standard = LstmVariant.of(LstmGates.STANDARD, INPUT, HIDDEN, seed);
        LstmVariant coupled = LstmVariant.of(LstmGates.COUPLED, INPUT, HIDDEN, seed);
        MinGru minGru = MinGru.of(INPUT, HIDDEN, seed);
        MinLstm minLstm = MinLstm.of(INPUT, HIDDEN, seed);
        Stream.of(
                        minGru.b(),
                        minLstm.b(),
                        after.b(),
                        after.bhn(),
                        before.b(),
                        lstm.b(),
                        tanh.b(),
                        relu.b(),
                        sigmoid.b(),
                        standard.b(),
                        coupled.b())
                .forEach(b -> b.set(Numbers.of(8, b.size()).toArray()));
        Cell own = Cells.named("mgu").cell(INPUT, HIDDEN, seed);
        return Stream.of(
                tanh, relu, sigmoid, lstm, standard, coupled, after, before, minGru, minLstm, own);
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        cells().forEach(
                        cell -> {
                            for (Layout layout : LAYOUTS) {
                                cases.add(Arguments.of(cell, layout, false));
                                cases.add(Arguments.of(cell, layout, true));
                            }
                        });
        return cases.stream();
    }

    private static Sequences xs(Layout layout) {
        return new Sequences(Numbers.of(1, layout.tokens(), INPUT), layout);
    }

    private static Tensor h(Layout layout) {
        return Numbers.of(2, layout.batch(), HIDDEN);
    }

    private static Tensor c(Layout layout) {
        return Numbers.of(3, layout.batch(), HIDDEN);
    }

    private static List<Tensor> parts(Cell.Unrolled unrolled) {
        CellState last = unrolled.last();
        return last.hasMemory()
                ? List.of(unrolled.outputs().rows(), last.h(), last.c())
                : List.of(unrolled.outputs().rows(), last.h());
    }

    private static Cell.Unrolled stepped(
            Cell cell, Sequences xs, CellState first, boolean backwards) {
        return StepByStep.unroll(cell, IndexedRows.each(xs.rows()), xs.layout(), first, backwards);
    }

    private static CellState first(Cell cell, Layout layout) {
        return first(cell, h(layout), c(layout));
    }

    private static CellState first(Cell cell, Tensor h, Tensor c) {
        return cell.memory() == 0 ? new CellState(h) : new CellState(h, c);
    }

    private static List<Parameter> parameters(Cell cell) {
        return List.copyOf(Parameters.of(cell).values());
    }

    @ParameterizedTest(name = "{0} {1} backwards {2}")
    @MethodSource("cases")
    void unrolled_at_once_and_step_by_step_are_the_same(
            Cell cell, Layout layout, boolean backwards) {
        Sequences xs = xs(layout);
        CellState first = first(cell, layout);
        List<Tensor> fused = parts(cell.unroll(xs, first, backwards));
        List<Tensor> steps = parts(stepped(cell, xs, first, backwards));
        assertThat(fused).hasSameSizeAs(steps);
        for (int i = 0; i < fused.size(); i++) {
            Numbers.assertClose(fused.get(i), steps.get(i), 1e-5);
        }
    }

    @ParameterizedTest(name = "{0} {1} backwards {2}")
    @MethodSource("cases")
    void their_derivatives_are_the_same(Cell cell, Layout layout, boolean backwards) {
        Sequences xs = xs(layout);
        Tensor h = h(layout);
        Tensor c = c(layout);
        CellState first = first(cell, h, c);
        Gradients fused =
                Gradients.of(
                        () -> weighed(parts(cell.unroll(xs, first, backwards))), xs.rows(), h, c);
        Gradients steps =
                Gradients.of(
                        () -> weighed(parts(stepped(cell, xs, first, backwards))), xs.rows(), h, c);
        Numbers.assertClose(new float[] {fused.loss()}, new float[] {steps.loss()}, 1e-5);
        for (Tensor input : List.of(xs.rows(), h, c)) {
            Numbers.assertClose(fused.of(input), steps.of(input), 1e-5);
        }
        for (Parameter p : parameters(cell)) {
            Numbers.assertClose(fused.of(p), steps.of(p), 1e-5);
        }
    }

    /** Σ of everything, each with a weight of its own. */
    private static Tensor weighed(List<Tensor> parts) {
        Tensor sum = Tensor.scalar(0);
        for (int i = 0; i < parts.size(); i++) {
            Tensor part = parts.get(i);
            Tensor weights = Numbers.of(20 + i, part.shape().dims());
            sum = sum.plus(part.times(weights).sum());
        }
        return sum;
    }

    @ParameterizedTest(name = "{0} {1} backwards {2}")
    @MethodSource("cases")
    void a_neighbour_changes_nothing(Cell cell, Layout layout, boolean backwards) {
        Sequences xs = xs(layout);
        CellState first = first(cell, layout);
        List<Tensor> together = parts(cell.unroll(xs, first, backwards));
        for (int s = 0; s < layout.batch(); s++) {
            int from = layout.offsets()[s];
            int to = layout.offsets()[s + 1];
            Sequences alone =
                    new Sequences(xs.rows().slice(0, from, to), Layout.of(layout.length(s)));
            List<Tensor> own = parts(cell.unroll(alone, first.gather(s), backwards));
            Numbers.assertSame(together.get(0).slice(0, from, to), own.get(0));
            for (int i = 1; i < own.size(); i++) {
                Numbers.assertSame(together.get(i).slice(0, s, s + 1), own.get(i));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void an_empty_sequence_ends_as_it_began(Cell cell) {
        Layout layout = Layout.of(2, 0, 1);
        CellState first = first(cell, layout);
        List<Tensor> parts = parts(cell.unroll(xs(layout), first, false));
        assertThat(parts.get(1).slice(0, 1, 2).toArray())
                .isEqualTo(h(layout).slice(0, 1, 2).toArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void going_on_from_the_last_state_is_going_through(Cell cell) {
        Layout whole = Layout.of(5);
        Sequences xs = xs(whole);
        CellState first = first(cell, whole);
        List<Tensor> through = parts(cell.unroll(xs, first, false));
        Cell.Unrolled half =
                cell.unroll(new Sequences(xs.rows().slice(0, 0, 3), Layout.of(3)), first, false);
        List<Tensor> rest =
                parts(
                        cell.unroll(
                                new Sequences(xs.rows().slice(0, 3, 5), Layout.of(2)),
                                half.last(),
                                false));
        Numbers.assertSame(through.get(0).slice(0, 3, 5), rest.get(0));
        for (int i = 1; i < rest.size(); i++) {
            Numbers.assertSame(through.get(i), rest.get(i));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void backwards_is_forwards_on_the_reversed_sequence(Cell cell) {
        Layout layout = Layout.of(4);
        Sequences xs = xs(layout);
        CellState first = first(cell, layout);
        List<Tensor> backwards = parts(cell.unroll(xs, first, true));
        Sequences reversed = xs.with(xs.rows().gather(3, 2, 1, 0));
        List<Tensor> forwards = parts(cell.unroll(reversed, first, false));
        Numbers.assertSame(backwards.get(0), forwards.get(0).gather(3, 2, 1, 0));
        Numbers.assertSame(backwards.get(1), forwards.get(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void the_first_state_has_a_row_for_each_sequence(Cell cell) {
        Layout layout = Layout.of(2, 3);
        for (int rows : new int[] {1, 3}) {
            assertThatThrownBy(() -> cell.unroll(xs(layout), cell.start(rows), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "unroll: the first state [%d, 5] does not have a row for each of 2"
                                    + " sequences",
                            rows);
        }
    }
}
