package dev.unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Observation;
import dev.unroll.nn.Observer;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.IndexedRows;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LstmVariantTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 4;
    private static final Layout LAYOUT = Layout.of(3, 0, 2);

    /** Every choice that there is. */
    static Stream<LstmGates> gates() {
        List<LstmGates> all = new ArrayList<>();
        for (LstmGates.Input input : LstmGates.Input.values()) {
            for (boolean forget : new boolean[] {true, false}) {
                for (boolean output : new boolean[] {true, false}) {
                    if (forget || input != LstmGates.Input.COUPLED) {
                        all.add(new LstmGates(input, forget, output));
                    }
                }
            }
        }
        return all.stream();
    }

    private static LstmVariant cell(LstmGates gates) {
        return SmallModels.shaken(LstmVariant.of(gates, INPUT, HIDDEN, new Seed(5)));
    }

    private static Sequences xs() {
        return new Sequences(Numbers.of(1, LAYOUT.tokens(), INPUT), LAYOUT);
    }

    private static CellState first() {
        return new CellState(Numbers.of(2, 3, HIDDEN), Numbers.of(3, 3, HIDDEN));
    }

    /** Σ of all outputs and last states, each with a weight of its own. */
    private static Tensor weighed(Cell.Unrolled unrolled) {
        Tensor sum = Tensor.scalar(0);
        int seed = 20;
        for (Tensor part :
                List.of(unrolled.outputs().rows(), unrolled.last().h(), unrolled.last().c())) {
            sum = sum.plus(part.times(Numbers.of(seed++, part.shape().dims())).sum());
        }
        return sum;
    }

    @Test
    void with_the_standard_gates_it_is_the_lstm_in_values_and_gradients() {
        LstmVariant variant = cell(LstmGates.STANDARD);
        Lstm lstm = new Lstm(variant.wx(), variant.wh(), variant.b());
        IndexedRows rows = IndexedRows.each(xs().rows());
        for (boolean backwards : new boolean[] {false, true}) {
            Gradients fused = Gradients.of(() -> weighed(lstm.unroll(xs(), first(), backwards)));
            List<Gradients> own =
                    List.of(
                            Gradients.of(() -> weighed(variant.unroll(xs(), first(), backwards))),
                            Gradients.of(
                                    () ->
                                            weighed(
                                                    StepByStep.unroll(
                                                            variant, rows, LAYOUT, first(),
                                                            backwards))));
            for (Gradients gradients : own) {
                assertThat(gradients.loss()).isCloseTo(fused.loss(), Offset.offset(1e-5f));
                for (Parameter parameter : Parameters.of(lstm).values()) {
                    Numbers.assertClose(gradients.of(parameter), fused.of(parameter), 1e-5);
                }
            }
        }
        CellState expected = lstm.step(xs().rows().slice(0, 0, 3), first());
        CellState actual = variant.step(xs().rows().slice(0, 0, 3), first());
        assertThat(actual.h().toArray()).isEqualTo(expected.h().toArray());
        assertThat(actual.c().toArray()).isEqualTo(expected.c().toArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "RELU", "TANH", "SOFTPLUS"})
    void an_input_gate_of_another_function_begins_with_the_weights_of_the_lstm(
            LstmGates.Input input) {
        Lstm lstm = Lstm.of(INPUT, HIDDEN, new Seed(5));
        LstmVariant variant =
                LstmVariant.of(LstmGates.STANDARD.input(input), INPUT, HIDDEN, new Seed(5));
        assertThat(variant.wx().value().toArray()).isEqualTo(lstm.wx().value().toArray());
        assertThat(variant.wh().value().toArray()).isEqualTo(lstm.wh().value().toArray());
        assertThat(variant.b().value().toArray()).isEqualTo(lstm.b().value().toArray());
    }

    @ParameterizedTest
    @MethodSource("gates")
    void a_step_is_the_formula_number_by_number(LstmGates gates) {
        LstmVariant cell = cell(gates);
        Tensor x = xs().rows().slice(0, 0, 3);
        CellState before = first();
        CellState after = cell.step(x, before);
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < HIDDEN; k++) {
                int place = 0;
                double i = gates.input().hasWeights() ? sum(cell, x, before, row, place++, k) : 0;
                double f = gates.forget() ? sigmoid(sum(cell, x, before, row, place++, k)) : 1;
                double g = Math.tanh(sum(cell, x, before, row, place++, k));
                double o = gates.output() ? sigmoid(sum(cell, x, before, row, place, k)) : 1;
                i =
                        switch (gates.input()) {
                            case SIGMOID -> sigmoid(i);
                            case RELU -> Math.max(i, 0);
                            case TANH -> Math.tanh(i);
                            case SOFTPLUS -> Math.log(1 + Math.exp(i));
                            case OPEN -> 1;
                            case COUPLED -> 1 - f;
                        };
                int at = row * HIDDEN + k;
                double c = f * before.c().toArray()[at] + i * g;
                Numbers.assertClose(
                        new float[] {after.c().toArray()[at], after.h().toArray()[at]},
                        new float[] {(float) c, (float) (o * Math.tanh(c))},
                        1e-6);
            }
        }
    }

    /** Column k of the sum at a place: x·Wx + h·Wh + b. */
    private static double sum(
            LstmVariant cell, Tensor x, CellState before, int row, int place, int k) {
        int width = cell.gates().sums() * HIDDEN;
        int column = place * HIDDEN + k;
        double sum = cell.b().value().toArray()[column];
        for (int j = 0; j < INPUT; j++) {
            sum += x.toArray()[row * INPUT + j] * cell.wx().value().toArray()[j * width + column];
        }
        for (int j = 0; j < HIDDEN; j++) {
            sum +=
                    before.h().toArray()[row * HIDDEN + j]
                            * cell.wh().value().toArray()[j * width + column];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @ParameterizedTest
    @MethodSource("gates")
    void the_derivatives_of_all_steps_are_the_slopes(LstmGates gates) {
        LstmVariant cell = cell(gates);
        Sequences xs = xs();
        CellState first = first();
        ModelGradient.check(cell, () -> weighed(cell.unroll(xs, first, false)));
    }

    @Test
    void without_input_and_forget_gate_the_memory_is_the_sum_of_all_candidates() {
        LstmVariant cell = cell(new LstmGates(LstmGates.Input.OPEN, false, true));
        cell.wh().set(new float[cell.wh().size()]); // candidates depend on the input alone
        Tensor x = Numbers.of(1, 5, INPUT);
        Tensor candidates =
                x.matmul(cell.wx()).plus(cell.b()).slice(1, 0, HIDDEN).tanh(); // [5, hidden]
        CellState state = cell.start(1);
        for (int t = 0; t < 5; t++) {
            state = cell.step(x.slice(0, t, t + 1), state);
            Numbers.assertClose(
                    state.c(), candidates.slice(0, 0, t + 1).sum(0).reshape(1, HIDDEN), 1e-6);
        }
    }

    @Test
    void coupled_gates_keep_the_memory_between_minus_1_and_1_and_a_relu_gate_does_not() {
        Sequences longSeries = new Sequences(Numbers.of(1, 60, INPUT).times(20), Layout.of(60));
        assertThat(largest(cell(LstmGates.COUPLED), longSeries)).isLessThanOrEqualTo(1);
        assertThat(largest(cell(LstmGates.STANDARD.input(LstmGates.Input.RELU)), longSeries))
                .isGreaterThan(1);
    }

    private static float largest(LstmVariant cell, Sequences xs) {
        float largest = 0;
        for (float c : cell.unroll(xs, cell.start(1), false).last().c().toArray()) {
            largest = Math.max(largest, Math.abs(c));
        }
        return largest;
    }

    @Test
    void a_gate_that_is_left_out_has_no_weights() {
        long sum = INPUT * HIDDEN + HIDDEN * HIDDEN + HIDDEN;
        assertThat(Parameters.count(cell(LstmGates.STANDARD))).isEqualTo(4 * sum);
        assertThat(
                        Stream.of(
                                LstmGates.WITHOUT_INPUT_GATE,
                                LstmGates.WITHOUT_FORGET_GATE,
                                LstmGates.WITHOUT_OUTPUT_GATE,
                                LstmGates.COUPLED))
                .allSatisfy(gates -> assertThat(Parameters.count(cell(gates))).isEqualTo(3 * sum));
        LstmVariant none =
                cell(new LstmGates(LstmGates.Input.OPEN, false, false)); // the candidate alone
        assertThat(Parameters.count(none)).isEqualTo(sum);
    }

    @ParameterizedTest
    @MethodSource("gates")
    void an_observer_sees_each_sum_with_its_function_and_each_recurrent_matrix(LstmGates gates) {
        LstmVariant cell = cell(gates);
        Map<String, UnaryFunction> seen = new LinkedHashMap<>();
        Observer observer =
                new Observer() {
                    @Override
                    public void activation(
                            Object layer, String name, UnaryFunction function, Tensor before) {
                        assertThat(layer).isSameAs(cell);
                        assertThat(before.shape().dims()).containsExactly(3, HIDDEN);
                        seen.put(name, function);
                    }

                    @Override
                    public void attention(
                            Object layer, int head, @Nullable Tensor scores, Tensor weights) {}

                    @Override
                    public int attentionSequences() {
                        return 0;
                    }

                    @Override
                    public Sequences rows(Object layer, Sequences rows) {
                        return rows;
                    }

                    @Override
                    public Steps unrolling(Object unrolled, Map<String, Tensor> matrices) {
                        return Steps.UNSEEN;
                    }
                };
        Observation.of(observer, () -> cell.step(xs().rows().slice(0, 0, 3), first()));
        assertThat(seen).hasSize(gates.sums()).containsEntry("candidate", Unary.TANH);
        assertThat(seen.containsKey("forget gate")).isEqualTo(gates.forget());
        assertThat(seen.containsKey("output gate")).isEqualTo(gates.output());
        if (gates.input().hasWeights()) {
            assertThat(seen).containsEntry("input gate", Unary.valueOf(gates.input().name()));
        }
        assertThat(cell.recurrentMatrices().keySet()).containsExactlyElementsOf(seen.keySet());
        assertThat(cell.recurrentMatrices().values())
                .allSatisfy(w -> assertThat(w.shape().dims()).containsExactly(HIDDEN, HIDDEN));
    }

    @ParameterizedTest
    @MethodSource("gates")
    void the_forget_gate_starts_open_where_there_is_one(LstmGates gates) {
        float[] bias = LstmVariant.of(gates, INPUT, HIDDEN, new Seed(5)).b().value().toArray();
        for (int place = 0; place < gates.sums(); place++) {
            boolean forget = gates.forget() && place == (gates.input().hasWeights() ? 1 : 0);
            for (int k = 0; k < HIDDEN; k++) {
                assertThat(bias[place * HIDDEN + k]).isEqualTo(forget ? 1 : 0);
            }
        }
    }

    @Test
    void a_coupled_input_gate_needs_a_forget_gate() {
        assertThatThrownBy(() -> new LstmGates(LstmGates.Input.COUPLED, false, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keep the forget gate");
    }

    @Test
    void weights_of_other_gates_are_refused() {
        LstmVariant all = cell(LstmGates.STANDARD);
        assertThatThrownBy(() -> new LstmVariant(LstmGates.COUPLED, all.wx(), all.wh(), all.b()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "lstm: wx [3, 16], wh [4, 16] and b [16] do not fit these gates: 3 sums of"
                                + " 4 numbers side by side are 12");
    }
}
