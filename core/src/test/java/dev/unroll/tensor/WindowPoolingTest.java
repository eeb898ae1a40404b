package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Window;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowPoolingTest {

    static Stream<Window> windows() {
        return Stream.of(
                Window.square(2).stride(2),
                Window.square(3).stride(2).padding(1),
                Window.of(2, 3).same(),
                Window.of(1, 2).dilation(1, 2),
                Window.square(1).stride(2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void their_derivatives_are_their_slopes(Window window) {
        Tensor x = Numbers.distinct(1, 2, 5, 4, 3);
        NumericGradient.check(xs -> WindowPooling.max(xs[0], window), x);
        NumericGradient.check(xs -> WindowPooling.average(xs[0], window), x);
    }

    @Test
    void over_all_places_too() {
        Tensor x = Numbers.distinct(1, 2, 3, 4, 3);
        NumericGradient.check(xs -> WindowPooling.globalAverage(xs[0]), x);
        NumericGradient.check(xs -> WindowPooling.globalMax(xs[0]), x);
        assertThat(WindowPooling.globalAverage(x).shape()).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void a_row_by_hand() {
        Tensor x = Tensor.of(new float[] {1, -5, -2, -7, 4}, 1, 1, 5, 1);
        Window window = Window.of(1, 3).stride(1, 2).padding(0, 0, 1, 1);
        assertThat(WindowPooling.max(x, window).toArray()).containsExactly(1, -2, 4);
        Numbers.assertClose(
                WindowPooling.average(x, window).toArray(),
                new float[] {-2, -14 / 3f, -1.5f},
                1e-6);
    }

    @Test
    void of_equals_the_first_receives_the_derivative() {
        Tensor x = Tensor.full(3, 1, 2, 2, 1);
        Gradients gradients = Gradients.of(() -> WindowPooling.max(x, Window.square(2)).sum(), x);
        assertThat(gradients.of(x).toArray()).containsExactly(1, 0, 0, 0);
    }

    @Test
    void a_window_that_covers_nothing_is_refused() {
        Tensor x = Tensor.zeros(1, 4, 4, 1);
        assertThatThrownBy(() -> WindowPooling.max(x, Window.square(2).padding(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not lie beyond an edge as a whole");
        assertThatThrownBy(() -> WindowPooling.average(Tensor.zeros(4, 4), Window.square(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[batch, height, width, channels], not [4, 4]");
    }
}
