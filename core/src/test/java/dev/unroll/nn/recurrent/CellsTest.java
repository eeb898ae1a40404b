package dev.unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.own.MinimalGatedUnit;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    private static final Layout LAYOUT = Layout.of(3, 0, 2);

    private static Recurrent stack(String kind, boolean bidirectional) {
        return Recurrent.of(Cells.named(kind), 4, 3, 2, bidirectional, 0, new Seed(5));
    }

    @Test
    void the_names_are_unrolls_own_and_those_registered() {
        assertThat(Cells.names())
                .containsExactly(
                        "elman",
                        "elman-relu",
                        "elman-sigmoid",
                        "lstm",
                        "gru",
                        "mingru",
                        "minlstm",
                        "mgu");
        assertThat(Cells.named("lstm").cell(2, 3, new Seed(1))).isInstanceOf(Lstm.class);
        assertThat(Cells.named("mgu").cell(2, 3, new Seed(1))).isInstanceOf(MinimalGatedUnit.class);
    }

    @ParameterizedTest
    @CsvSource({"elman, TANH", "elman-relu, RELU", "elman-sigmoid, SIGMOID"})
    void elmans_cell_has_a_name_for_each_function(String name, Elman.Activation f) {
        Elman cell = (Elman) Cells.named(name).cell(2, 3, new Seed(1));
        assertThat(cell.f()).isEqualTo(f);
        assertThat(cell.wh().value().toArray())
                .isEqualTo(Elman.of(2, 3, new Seed(1)).wh().value().toArray());
    }

    @Test
    void elmans_cell_with_the_logistic_function_is_its_formula_number_by_number() {
        Elman cell = Elman.of(Elman.Activation.SIGMOID, 1, 1, new Seed(1));
        cell.wx().set(new float[] {2});
        cell.wh().set(new float[] {-3});
        cell.b().set(new float[] {0.5f});
        CellState first = new CellState(Tensor.full(0.25f, 1, 1));
        Sequences xs = Sequences.of(new float[][] {{1}, {-1}});
        float[] h = cell.unroll(xs, first, false).outputs().rows().toArray();
        double one = 1 / (1 + Math.exp(-(2 * 1 - 3 * 0.25 + 0.5)));
        double two = 1 / (1 + Math.exp(-(2 * -1 - 3 * one + 0.5)));
        Numbers.assertClose(h, new float[] {(float) one, (float) two}, 1e-6);
    }

    @Test
    void a_thread_whose_class_loader_does_not_know_unroll_finds_the_same_names() {
        assertThat(
                        CompletableFuture.supplyAsync(
                                        () -> {
                                            Thread.currentThread()
                                                    .setContextClassLoader(
                                                            ClassLoader.getPlatformClassLoader());
                                            return Cells.names();
                                        },
                                        task -> new Thread(task).start())
                                .join())
                .containsExactlyElementsOf(Cells.names());
    }

    @Test
    void an_unknown_name_is_answered_with_all_there_are() {
        assertThatThrownBy(() -> Cells.named("lstn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no cell 'lstn'; there are: elman, elman-relu, elman-sigmoid, lstm,"
                                + " gru, mingru, minlstm, mgu");
        assertThatThrownBy(() -> Cells.named("")).hasMessageContaining("there is no cell ''");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mgu", "mingru", "minlstm"})
    void a_registered_cell_is_unrolled_in_both_directions_with_the_gradients_that_numbers_say(
            String kind) {
        Recurrent stack = stack(kind, true);
        Sequences xs = new Sequences(Numbers.of(1, LAYOUT.tokens(), 4), LAYOUT);
        Tensor weights = Numbers.of(2, LAYOUT.tokens(), 6);
        assertThat(stack.unroll(xs, stack.start(3), Mode.INFERENCE).outputs().rows().shape().dims())
                .containsExactly(5, 6);
        ModelGradient.check(
                stack,
                () ->
                        stack.unroll(xs, stack.start(3), Mode.INFERENCE)
                                .outputs()
                                .rows()
                                .times(weights)
                                .sum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mgu", "mingru", "minlstm"})
    void a_language_model_of_a_registered_cell_learns_and_writes(String kind) {
        RecurrentLanguageModel model =
                RecurrentLanguageModel.of(Cells.named(kind), 7, 4, 3, 2, 0, new Seed(6));
        Tokens before = new Tokens(new int[] {1, 2, 3, 4, 5}, Layout.of(3, 2));
        int[] after = {2, 3, 6, 5, 0};
        ModelGradient.check(model, () -> model.loss(before, after, Mode.INFERENCE));
        Tokens prompt = new Tokens(new int[] {1, 2}, Layout.of(2));
        Tensor next = model.decode(prompt).logits(new int[] {0}, new int[] {3}).logSoftmax();
        Recurrent.States first = model.layers().start(1);
        Tokens whole = new Tokens(new int[] {1, 2, 3}, Layout.of(3));
        Tensor h = model.forward(whole, first, Mode.INFERENCE).outputs().rows();
        Numbers.assertClose(next, model.output().logits(h.slice(0, 2, 3)).logSoftmax(), 1e-5);
    }

    /** A cell whose memory is wider than its hidden state. */
    private record Counter(int hidden, int memory) implements Cell {
        @Override
        public CellState step(Tensor x, CellState state) {
            return new CellState(state.h().plus(x), state.c().plus(1));
        }
    }

    @Test
    void a_memory_of_a_width_of_its_own_goes_along() {
        Counter cell = new Counter(2, 3);
        Sequences xs = new Sequences(Numbers.of(1, LAYOUT.tokens(), 2), LAYOUT);
        CellState last = cell.unroll(xs, cell.start(3), false).last();
        assertThat(last.c().toArray()).containsExactly(3, 3, 3, 0, 0, 0, 2, 2, 2);
        Tensor h = Numbers.of(2, 3, 2);
        assertThat(cell.startFrom(h).c().toArray()).containsOnly(0).hasSize(9);
        assertThat(Lstm.of(1, 2, new Seed(1)).startFrom(h)).isEqualTo(new CellState(h, h));
        assertThat(Gru.of(1, 2, new Seed(1)).startFrom(h).hasMemory()).isFalse();
    }
}
