package dev.unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stack is its cells, one above another. */
class RecurrentTest {
    private static final Layout LAYOUT = Layout.of(3, 1, 4);
    private static final Sequences X = new Sequences(Numbers.of(1, 8, 5), LAYOUT);

    private static Recurrent stack(boolean bidirectional, double dropout) {
        return SmallModels.shaken(
                Recurrent.of(Lstm::of, 5, 4, 3, bidirectional, dropout, new Seed(2)));
    }

    @Test
    void each_layer_reads_both_directions_of_the_one_below() {
        Recurrent stack = stack(true, 0.4);
        Mode mode = new Mode.Training(3, 4);
        Recurrent.Unrolled all = stack.unroll(X, stack.start(3), mode);
        Sequences x = X;
        for (int l = 0; l < 3; l++) {
            x = l == 0 ? x : stack.dropout().get(l - 1).forward(x, mode);
            CellState zeros = stack.forward().get(l).start(3);
            Cell.Unrolled right = stack.forward().get(l).unroll(x, zeros, false);
            Cell.Unrolled left = stack.backward().get(l).unroll(x, zeros, true);
            Numbers.assertSame(all.last().forward().get(l).c(), right.last().c());
            Numbers.assertSame(all.last().backward().get(l).h(), left.last().h());
            x = x.with(Tensor.concat(1, right.outputs().rows(), left.outputs().rows()));
        }
        Numbers.assertSame(all.outputs().rows(), x.rows());
        assertThat(stack.width()).isEqualTo(8);
    }

    @Test
    void dropout_between_layers_is_drawn_for_each_layer_anew() {
        Recurrent stack = stack(false, 0.4);
        assertThat(stack.dropout()).hasSize(2).doesNotHaveDuplicates();
        Tensor training = stack.unroll(X, stack.start(3), new Mode.Training(3, 4)).outputs().rows();
        Tensor using = stack.unroll(X, stack.start(3), Mode.INFERENCE).outputs().rows();
        assertThat(training.toArray()).isNotEqualTo(using.toArray());
    }

    @Test
    void stepping_is_unrolling() {
        Recurrent stack = stack(false, 0);
        Layout one = Layout.of(4);
        Tensor x = Numbers.of(5, 4, 5);
        Recurrent.Unrolled all =
                stack.unroll(new Sequences(x, one), stack.start(1), Mode.INFERENCE);
        Recurrent.States states = stack.start(1);
        for (int t = 0; t < 4; t++) {
            states = stack.step(x.slice(0, t, t + 1), states, Mode.INFERENCE);
            Numbers.assertClose(states.top(), all.outputs().rows().slice(0, t, t + 1), 1e-5);
        }
        for (int l = 0; l < 3; l++) {
            Numbers.assertClose(states.forward().get(l).c(), all.last().forward().get(l).c(), 1e-5);
        }
    }

    @Test
    void a_stack_that_reads_both_ways_does_not_step() {
        Recurrent stack = stack(true, 0);
        assertThatThrownBy(() -> stack.step(Tensor.zeros(1, 5), stack.start(1), Mode.INFERENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("both ways");
    }

    @Test
    void layers_and_what_lies_between_them_must_match() {
        Cell cell = Elman.of(Elman.Activation.TANH, 3, 3, new Seed(1));
        assertThatThrownBy(() -> new Recurrent(List.of(cell, cell), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 layers have 1 dropouts");
        assertThatThrownBy(() -> new Recurrent(List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 layers forward");
        assertThatThrownBy(() -> new Recurrent(List.of(cell), List.of(cell, cell), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 layers forward and 2 backward");
    }

    @Test
    void a_width_of_nothing_is_refused() {
        for (int hidden : new int[] {-1, 0}) {
            assertThatThrownBy(() -> Recurrent.of(Gru::of, 3, hidden, 2, false, 0, new Seed(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "recurrent layers: input, hidden and layers are at least 1, not 3, %d"
                                    + " and 2",
                            hidden);
        }
    }

    @Test
    void dot_attention_does_not_fit_an_encoder_that_reads_both_ways() {
        assertThatThrownBy(
                        () ->
                                new RecurrentShape(
                                        8, 16, 1, true, Optional.of(Alignment.Kind.DOT), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 numbers, its decoder 16")
                .hasMessageContaining("GENERAL");
    }
}
