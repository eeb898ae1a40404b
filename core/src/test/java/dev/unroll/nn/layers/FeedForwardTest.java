package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedForwardTest {
    private static FeedForward of(FeedForward.Kind kind, double dropout) {
        return FeedForward.of(kind, 4, 7, dropout, new Seed(1));
    }

    /** [1, 1] with this weight and no bias. */
    private static Linear scale(float weight) {
        return new Linear(Parameter.full(weight, 1, 1), null);
    }

    @Test
    void the_functions_are_relu_gelu_and_gated_silu() {
        Dropout none = Dropout.of(0, new Seed(1));
        Tensor x = Tensor.of(new float[] {-1, 2}, 2, 1);
        FeedForward relu = new FeedForward.Plain(FeedForward.Kind.RELU, scale(3), scale(10), none);
        assertThat(relu.forward(x, Mode.INFERENCE).toArray()).containsExactly(0, 60);
        FeedForward gelu = new FeedForward.Plain(FeedForward.Kind.GELU, scale(1), scale(1), none);
        // x·Φ(x) from a table of the normal distribution
        Numbers.assertClose(
                gelu.forward(x, Mode.INFERENCE).toArray(),
                new float[] {-0.158655f, 1.954500f},
                1e-4);
        FeedForward tanh =
                new FeedForward.Plain(FeedForward.Kind.GELU_TANH, scale(1), scale(1), none);
        // PyTorch 2.14: gelu(x, approximate="tanh")
        Numbers.assertClose(
                tanh.forward(x, Mode.INFERENCE).toArray(),
                new float[] {-0.158808f, 1.954598f},
                1e-5);
        FeedForward silu = new FeedForward.Plain(FeedForward.Kind.SILU, scale(1), scale(1), none);
        // x/(1 + e^−x)
        Numbers.assertClose(
                silu.forward(x, Mode.INFERENCE).toArray(),
                new float[] {-0.268941f, 1.761594f},
                1e-5);
        FeedForward gated = new FeedForward.Gated(scale(1), scale(3), scale(10), none);
        // x/(1 + e^−x) · 3x · 10
        Numbers.assertClose(
                gated.forward(x, Mode.INFERENCE).toArray(),
                new float[] {8.068242f, 105.695650f},
                1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void a_row_keeps_its_width_and_does_not_see_its_neighbours(FeedForward.Kind kind) {
        FeedForward layer = of(kind, 0);
        Tensor x = Numbers.of(2, 3, 4);
        Tensor all = layer.forward(x, Mode.INFERENCE);
        assertThat(all.shape()).isEqualTo(x.shape());
        Numbers.assertClose(
                all.slice(0, 1, 2), layer.forward(x.slice(0, 1, 2), Mode.INFERENCE), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(names = {"GELU", "GELU_TANH", "SILU", "SWIGLU"}) // ReLU has a kink
    void its_derivative_is_its_slope(FeedForward.Kind kind) {
        FeedForward layer = of(kind, 0.3);
        Tensor x = Numbers.of(3, 5, 4);
        Mode mode = new Mode.Training(4, 5);
        ModelGradient.check(layer, () -> layer.forward(x, mode).square().sum());
    }

    @Test
    void swiglu_without_a_gate_is_refused() {
        assertThatThrownBy(
                        () ->
                                new FeedForward.Plain(
                                        FeedForward.Kind.SWIGLU,
                                        scale(1),
                                        scale(1),
                                        Dropout.of(0, new Seed(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FeedForward.Gated");
    }
}
