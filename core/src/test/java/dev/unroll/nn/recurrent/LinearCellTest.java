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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** minGRU and minLSTM against their formulas and against a GRU; {@link CellTest} has more rules. */
class LinearCellTest {
    private static final int TOKENS = 6;
    private static final int HIDDEN = 5;

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void min_gru_is_its_formula_number_by_number() {
        MinGru cell =
                new MinGru(
                        Parameter.of(new float[] {0.5f, -2}, 1, 2),
                        Parameter.of(new float[] {-1, 0.25f}, 2));
        float[] h = states(cell, 0.75f, 3, -1);
        double z = sigmoid(0.5 * 3 - 1);
        double one = (1 - z) * 0.75 + z * (-2 * 3 + 0.25);
        z = sigmoid(0.5 * -1 - 1);
        double two = (1 - z) * one + z * (-2 * -1 + 0.25);
        Numbers.assertClose(h, new float[] {(float) one, (float) two}, 1e-6);
    }

    @Test
    void min_lstm_is_its_formula_number_by_number() {
        MinLstm cell =
                new MinLstm(
                        Parameter.of(new float[] {0.5f, 0.3f, -2}, 1, 3),
                        Parameter.of(new float[] {-1, 0.5f, 0.25f}, 3));
        float[] h = states(cell, 0.75f, 3, -1);
        double f = sigmoid(0.5 * 3 - 1);
        double i = sigmoid(0.3 * 3 + 0.5);
        double one = f / (f + i) * 0.75 + i / (f + i) * (-2 * 3 + 0.25);
        f = sigmoid(0.5 * -1 - 1);
        i = sigmoid(0.3 * -1 + 0.5);
        double two = f / (f + i) * one + i / (f + i) * (-2 * -1 + 0.25);
        Numbers.assertClose(h, new float[] {(float) one, (float) two}, 1e-6);
    }

    /** The states of a cell of one unit that reads single numbers. */
    private static float[] states(Cell cell, float first, float one, float two) {
        Sequences xs = Sequences.of(new float[][] {{one}, {two}});
        return cell.unroll(xs, new CellState(Tensor.full(first, 1, 1)), false)
                .outputs()
                .rows()
                .toArray();
    }

    @Test
    void gates_of_min_lstm_that_are_nearly_closed_keep_their_ratio() {
        MinLstm cell =
                new MinLstm(
                        Parameter.of(new float[] {0, 0, 0}, 1, 3),
                        Parameter.of(new float[] {-40, -41, 4}, 3));
        float share = (float) sigmoid(1);
        float[] h = states(cell, 2, 0, 0);
        float one = share * 2 + (1 - share) * 4;
        float two = share * one + (1 - share) * 4;
        Numbers.assertClose(h, new float[] {one, two}, 1e-5);
    }

    @Test
    void closed_gates_of_min_lstm_replace_the_state_and_have_finite_gradients() {
        Parameter b = Parameter.of(new float[] {-200, -201, 4}, 3);
        MinLstm cell = new MinLstm(Parameter.of(new float[] {0, 0, 0}, 1, 3), b);
        Numbers.assertClose(states(cell, 2, 0, 0), new float[] {4, 4}, 1e-6);
        Sequences xs = Sequences.of(new float[][] {{1}, {2}});
        Gradients gradients =
                Gradients.of(() -> cell.unroll(xs, cell.start(1), false).outputs().rows().sum());
        assertThat(gradients.of(b).toArray()).containsExactly(0, 0, 2);
    }

    /**
     * A GRU whose recurrent weights are 0 has the candidate tanh(x·Wxn), whatever its reset gate
     * says. The rows are those of a unit matrix, so that x·W picks a row of W: a minGRU whose
     * candidate weights are tanh of the GRU's has the same candidate without a tanh. Its gate is
     * the share of the new, and the GRU's is that of the old: σ(−s) = 1 − σ(s).
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void min_gru_is_a_gru_without_recurrent_weights_and_without_tanh(boolean backwards) {
        Gru gru = Gru.of(TOKENS, HIDDEN, new Seed(3));
        gru.wh().set(new float[HIDDEN * 3 * HIDDEN]);
        float[] wx = gru.wx().value().times(3).toArray();
        gru.wx().set(wx);
        float[] w = new float[TOKENS * 2 * HIDDEN];
        for (int k = 0; k < TOKENS; k++) {
            for (int j = 0; j < HIDDEN; j++) {
                w[k * 2 * HIDDEN + j] = -wx[k * 3 * HIDDEN + HIDDEN + j];
                w[k * 2 * HIDDEN + HIDDEN + j] =
                        (float) Math.tanh(wx[k * 3 * HIDDEN + 2 * HIDDEN + j]);
            }
        }
        MinGru minimal =
                new MinGru(Parameter.of(w, TOKENS, 2 * HIDDEN), Parameter.full(0, 2 * HIDDEN));
        Tensor unit = unit(TOKENS);
        Layout layout = Layout.of(4, 0, 2, 1);
        IndexedRows xs = new IndexedRows(unit, new int[] {2, 5, 0, 2, 1, 3, 4});
        Tensor first = Numbers.of(4, layout.batch(), HIDDEN);
        Numbers.assertClose(
                states(minimal, xs, layout, first, backwards),
                states(gru, xs, layout, first, backwards),
                1e-6);
        Gradients own =
                Gradients.of(() -> loss(states(minimal, xs, layout, first, backwards)), first);
        Gradients its = Gradients.of(() -> loss(states(gru, xs, layout, first, backwards)), first);
        Numbers.assertClose(own.of(first), its.of(first), 1e-5);
        float[] gate = own.of(minimal.w()).toArray();
        float[] gruGate = its.of(gru.wx()).toArray();
        for (int k = 0; k < TOKENS; k++) {
            for (int j = 0; j < HIDDEN; j++) {
                assertThat(gate[k * 2 * HIDDEN + j])
                        .isCloseTo(-gruGate[k * 3 * HIDDEN + HIDDEN + j], Offset.offset(1e-5f));
            }
        }
    }

    private static Tensor unit(int n) {
        float[] unit = new float[n * n];
        for (int i = 0; i < n; i++) {
            unit[i * n + i] = 1;
        }
        return Tensor.of(unit, n, n);
    }

    private static Tensor states(
            Cell cell, IndexedRows xs, Layout layout, Tensor first, boolean backwards) {
        Cell.Unrolled unrolled = cell.unroll(xs, layout, new CellState(first), backwards);
        return Tensor.concat(0, unrolled.outputs().rows(), unrolled.last().h());
    }

    private static Tensor loss(Tensor states) {
        return states.times(Numbers.of(9, states.shape().dims())).sum();
    }

    static Stream<LinearCell> cells() {
        return Stream.of(
                MinGru.of(TOKENS, HIDDEN, new Seed(1)), MinLstm.of(TOKENS, HIDDEN, new Seed(1)));
    }

    /** Long enough that a backend cuts it in time. */
    @ParameterizedTest
    @MethodSource("cells")
    void a_sequence_of_thousands_of_tokens_is_its_steps(LinearCell cell) {
        Layout layout = Layout.of(3, 2777, 0, 1029);
        int[] tokens = new int[layout.tokens()];
        Arrays.setAll(tokens, i -> i * i % TOKENS);
        Tensor table = Numbers.between(-3, 3, 1, TOKENS, TOKENS);
        IndexedRows xs = new IndexedRows(table, tokens);
        Tensor first = Numbers.of(2, layout.batch(), HIDDEN);
        for (boolean backwards : new boolean[] {false, true}) {
            Gradients scanned =
                    Gradients.of(
                            () -> loss(states(cell, xs, layout, first, backwards)), table, first);
            Gradients stepped =
                    Gradients.of(
                            () -> {
                                Cell.Unrolled unrolled =
                                        StepByStep.unroll(
                                                cell, xs, layout, new CellState(first), backwards);
                                return loss(
                                        Tensor.concat(
                                                0, unrolled.outputs().rows(), unrolled.last().h()));
                            },
                            table,
                            first);
            assertThat((double) scanned.loss()).isCloseTo(stepped.loss(), Offset.offset(2e-3));
            Numbers.assertClose(scanned.of(first), stepped.of(first), 1e-5);
            Numbers.assertClose(scanned.of(table), stepped.of(table), 1e-4);
            for (Parameter p : List.copyOf(Parameters.of(cell).values())) {
                Numbers.assertClose(scanned.of(p), stepped.of(p), 1e-4);
            }
        }
    }

    @Test
    void rows_that_do_not_fit_the_weights_are_refused() {
        MinGru cell = MinGru.of(3, HIDDEN, new Seed(1));
        Sequences xs = new Sequences(Tensor.zeros(2, 4), Layout.of(2));
        assertThatThrownBy(() -> cell.unroll(xs, cell.start(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: rows picked from [2, 4] do not fit the weights [3, 10]");
    }
}
