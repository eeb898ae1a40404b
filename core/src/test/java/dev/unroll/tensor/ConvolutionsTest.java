package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Window;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionsTest {

    static Stream<Arguments> windows() {
        return Stream.of(
                Arguments.of(Window.of(1, 1), 3, 2, 1),
                Arguments.of(Window.of(1, 1).stride(2), 2, 3, 1),
                Arguments.of(Window.of(1, 1).padding(1), 2, 3, 1),
                Arguments.of(Window.of(2, 3), 2, 3, 1),
                Arguments.of(Window.square(3).same(), 2, 2, 1),
                Arguments.of(Window.square(3).stride(2).padding(1), 2, 3, 1),
                Arguments.of(Window.of(3, 2).stride(3, 1).padding(0, 2, 1, 0), 1, 2, 1),
                Arguments.of(Window.square(2).stride(3), 1, 2, 1),
                Arguments.of(Window.square(2).dilation(2, 1).padding(1), 2, 1, 1),
                Arguments.of(Window.square(3).stride(2, 1).dilation(1, 2).same(), 1, 2, 1),
                Arguments.of(Window.square(3).same(), 3, 3, 3),
                Arguments.of(Window.of(2, 1).stride(2), 2, 4, 2),
                Arguments.of(Window.of(2, 2), 4, 2, 2),
                Arguments.of(Window.of(1, 1), 4, 2, 2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void its_derivatives_are_its_slopes(Window window, int in, int out, int groups) {
        NumericGradient.check(
                xs -> Convolutions.convolve(xs[0], xs[1], xs[2], window),
                Numbers.of(1, 2, 4, 5, in),
                Numbers.of(2, window.height(), window.width(), in / groups, out),
                Numbers.of(3, out));
        NumericGradient.check(
                xs -> Convolutions.convolve(xs[0], xs[1], null, window),
                Numbers.of(1, 1, 5, 4, in),
                Numbers.of(2, window.height(), window.width(), in / groups, out));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void the_transposed_has_derivatives_too(Window window, int out, int in, int groups) {
        int rows = window.rows(4);
        int columns = window.columns(5);
        NumericGradient.check(
                xs -> Convolutions.transposed(xs[0], xs[1], xs[2], window, groups, 4, 5),
                Numbers.of(1, 2, rows, columns, in),
                Numbers.of(2, window.height(), window.width(), out / groups, in),
                Numbers.of(3, out));
    }

    @Test
    void a_kernel_of_three_on_a_row_of_four_by_hand() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 4, 1);
        Tensor w = Tensor.of(new float[] {1, 10, 100}, 1, 3, 1, 1);
        Tensor bias = Tensor.of(new float[] {0.5f}, 1);
        Window window = Window.of(1, 3);
        assertThat(Convolutions.convolve(x, w, bias, window).toArray())
                .containsExactly(321.5f, 432.5f);
        assertThat(Convolutions.convolve(x, w, bias, window.same()).toArray())
                .containsExactly(210.5f, 321.5f, 432.5f, 43.5f);
        assertThat(Convolutions.convolve(x, w, bias, window.stride(1, 2).same()).toArray())
                .containsExactly(210.5f, 432.5f);
        Window apart = Window.of(1, 2).dilation(1, 3);
        Tensor two = Tensor.of(new float[] {1, 10}, 1, 2, 1, 1);
        assertThat(Convolutions.convolve(x, two, null, apart).toArray()).containsExactly(41);
    }

    @Test
    void a_transposed_kernel_by_hand() {
        Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 2, 1);
        Tensor w = Tensor.of(new float[] {1, 10, 100}, 1, 3, 1, 1);
        Window window = Window.of(1, 3).stride(1, 2);
        assertThat(Convolutions.transposed(x, w, null, window, 1, 1, 5).toArray())
                .containsExactly(1, 10, 102, 20, 200);
        assertThat(Convolutions.transposed(x, w, null, window, 1, 1, 6).toArray())
                .containsExactly(1, 10, 102, 20, 200, 0);
    }

    @Test
    void images_and_weights_need_not_lie_in_order() {
        NumericGradient.check(
                xs ->
                        Convolutions.convolve(
                                xs[0].transpose(1, 2),
                                xs[1].transpose(),
                                xs[2].slice(0, 1, 3),
                                Window.of(2, 2)),
                Numbers.of(1, 1, 4, 3, 3),
                Numbers.of(2, 2, 2, 2, 3),
                Numbers.of(3, 4));
    }

    @Test
    void no_images_give_no_images() {
        Tensor y =
                Convolutions.convolve(
                        Tensor.zeros(0, 4, 4, 2),
                        Tensor.zeros(3, 3, 2, 5),
                        null,
                        Window.square(3).same());
        assertThat(y.shape()).isEqualTo(Shape.of(0, 4, 4, 5));
    }

    @Test
    void what_does_not_fit_is_named() {
        Tensor x = Tensor.zeros(1, 4, 4, 6);
        Window window = Window.square(3);
        assertThatThrownBy(() -> Convolutions.convolve(x, Tensor.zeros(3, 3, 4, 8), null, window))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 4, 4, 6] with weights [3, 3, 4, 8]");
        assertThatThrownBy(() -> Convolutions.convolve(x, Tensor.zeros(3, 2, 6, 8), null, window))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs [3, 3, in/groups, out]");
        assertThatThrownBy(
                        () ->
                                Convolutions.convolve(
                                        x, Tensor.zeros(5, 5, 6, 8), null, Window.square(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("convolve: [1, 4, 4, 6]: a kernel of 5 x 5 is larger than the image");
        assertThatThrownBy(
                        () ->
                                Convolutions.convolve(
                                        x, Tensor.zeros(3, 3, 6, 8), Tensor.zeros(4), window))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the bias is [8]");
        assertThatThrownBy(() -> Window.of(0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.stride(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.padding(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                Convolutions.transposed(
                                        x, Tensor.zeros(3, 3, 2, 6), null, window, 1, 7, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to 7 x 6: that size leads back to 5 x 4");
    }
}
