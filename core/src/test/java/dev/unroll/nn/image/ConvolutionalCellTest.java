package dev.unroll.nn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Window;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.NumericGradient;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionalCellTest {
    private static final Seed SEED = new Seed(3);

    static Stream<ConvolutionalCell> cells() {
        return Stream.of(ConvLstm.of(2, 3, 3, SEED), ConvGru.of(2, 3, 3, SEED));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void unrolling_is_stepping(ConvolutionalCell cell) {
        Tensor xs = Numbers.of(1, 3, 2, 4, 5, 2);
        ConvolutionalCell.Unrolled all = cell.unroll(xs, cell.start(2, 4, 5));
        CellState state = cell.start(2, 4, 5);
        for (int t = 0; t < 3; t++) {
            state = cell.step(xs.slice(0, t, t + 1).reshape(2, 4, 5, 2), state);
            Tensor shown = all.outputs().slice(0, t, t + 1).reshape(2, 4, 5, 3);
            Numbers.assertClose(shown, state.h(), 1e-6);
        }
        Numbers.assertClose(all.last().h(), state.h(), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_clip_does_not_depend_on_its_neighbours(ConvolutionalCell cell) {
        Tensor xs = Numbers.of(1, 2, 2, 4, 5, 2);
        Tensor both = cell.unroll(xs, cell.start(2, 4, 5)).outputs();
        Tensor alone = cell.unroll(xs.slice(1, 1, 2), cell.start(1, 4, 5)).outputs();
        Numbers.assertClose(both.slice(1, 1, 2).contiguous(), alone, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void its_derivative_by_the_frames_is_its_slope(ConvolutionalCell cell) {
        NumericGradient.check(
                xs -> cell.unroll(xs[0], cell.start(1, 3, 2)).outputs(),
                Numbers.of(2, 2, 1, 3, 2, 2));
    }

    @Test
    void on_a_single_place_the_lstm_is_the_plain_one() {
        Lstm plain = Lstm.of(3, 4, SEED);
        Window window = Window.square(1);
        ConvLstm cell =
                new ConvLstm(
                        new Convolution(kernel(plain.wx()), plain.b(), window, 1),
                        new Convolution(kernel(plain.wh()), null, window, 1));
        Tensor x = Numbers.of(1, 2, 3);
        CellState before = new CellState(Numbers.of(2, 2, 4), Numbers.of(3, 2, 4));
        CellState expected = plain.step(x, before);
        CellState actual =
                cell.step(
                        x.reshape(2, 1, 1, 3), new CellState(place(before.h()), place(before.c())));
        Numbers.assertClose(actual.h(), place(expected.h()), 1e-6);
        Numbers.assertClose(actual.c(), place(expected.c()), 1e-6);
    }

    @Test
    void on_a_single_place_the_gru_is_the_plain_one() {
        Gru plain = Gru.of(Gru.Reset.BEFORE, 3, 4, SEED);
        Window window = Window.square(1);
        Tensor wh = plain.wh().value();
        ConvGru cell =
                new ConvGru(
                        new Convolution(kernel(plain.wx()), plain.b(), window, 1),
                        new Convolution(kernel(wh.slice(1, 0, 8)), null, window, 1),
                        new Convolution(kernel(wh.slice(1, 8, 12)), null, window, 1));
        Tensor x = Numbers.of(1, 2, 3);
        Tensor h = Numbers.of(2, 2, 4);
        Tensor actual = cell.step(x.reshape(2, 1, 1, 3), new CellState(place(h))).h();
        Numbers.assertClose(actual, place(plain.step(x, new CellState(h)).h()), 1e-6);
    }

    @Test
    void all_its_weights_learn() {
        ConvLstm cell = ConvLstm.of(2, 3, 3, SEED);
        Tensor xs = Numbers.of(1, 2, 1, 3, 3, 2);
        Gradients gradients =
                Gradients.of(() -> cell.unroll(xs, cell.start(1, 3, 3)).outputs().sum());
        assertThat(Parameters.of(cell)).containsOnlyKeys("wx.weight", "wx.bias", "wh.weight");
        assertThat(Parameters.of(cell).values()).allMatch(gradients::has);
    }

    @Test
    void a_state_that_would_shrink_is_refused() {
        Convolution shrinks = Convolution.withoutBias(3, 12, Window.square(3), SEED);
        Convolution keeps = Convolution.of(2, 12, Window.square(3).same(), SEED);
        assertThatThrownBy(() -> new ConvLstm(keeps, shrinks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the image keeps its size");
        assertThatThrownBy(() -> new ConvGru(keeps, keeps, keeps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ConvGRU: 12 channels");
        ConvLstm cell = ConvLstm.of(2, 3, 3, SEED);
        assertThatThrownBy(() -> cell.unroll(Tensor.zeros(2, 3, 3, 2), cell.start(2, 3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clips are [time, batch, height, width, channels]");
    }

    private static Parameter kernel(Parameter weight) {
        return kernel(weight.value());
    }

    /** [in, out] as the only tap of a kernel. */
    private static Parameter kernel(Tensor weight) {
        return Parameter.of(weight.toArray(), 1, 1, weight.dim(0), weight.dim(1));
    }

    private static Tensor place(Tensor rows) {
        return rows.reshape(rows.dim(0), 1, 1, rows.dim(1));
    }
}
