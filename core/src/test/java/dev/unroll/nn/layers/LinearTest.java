package dev.unroll.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.ModelGradient;
import dev.unroll.nn.Seed;
import dev.unroll.nn.SmallModels;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTest {

    /** 1·1 + 2·3 + 10 and so on, by hand. */
    @Test
    void a_row_is_multiplied_by_the_weight_and_the_bias_added() {
        Linear layer =
                new Linear(
                        Parameter.of(new float[] {1, 2, 3, 4}, 2, 2),
                        Parameter.of(new float[] {10, 20}, 2));
        Tensor x = Tensor.of(new float[] {1, 2}, 1, 2);
        assertThat(layer.forward(x).toArray()).containsExactly(17, 30);
        assertThat(new Linear(layer.weight(), null).forward(x).toArray()).containsExactly(7, 10);
    }

    @Test
    void the_last_dimension_is_replaced() {
        Linear layer = Linear.of(3, 5, new Seed(1));
        assertThat(layer.forward(Numbers.of(1, 2, 4, 3)).shape().dims()).containsExactly(2, 4, 5);
        assertThat(layer.out()).isEqualTo(5);
        Layout layout = Layout.of(2, 0, 1);
        assertThat(layer.forward(new Sequences(Numbers.of(1, 3, 3), layout)).layout())
                .isEqualTo(layout);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 130})
    void layers_together_are_the_layers_one_by_one(int rows) {
        Seed seed = new Seed(2);
        Linear[] layers = {
            Linear.of(4, 3, seed.at(0)), Linear.of(4, 6, seed.at(1)), Linear.of(4, 1, seed.at(2))
        };
        Tensor x = Numbers.of(3, rows, 4);
        Tensor[] together = Linear.together(x, layers);
        for (int i = 0; i < layers.length; i++) {
            Numbers.assertClose(together[i], layers[i].forward(x), 1e-5);
        }
    }

    @Test
    void its_derivative_is_its_slope() {
        Linear layer = SmallModels.shaken(Linear.of(3, 2, new Seed(4)));
        Tensor x = Numbers.of(5, 4, 3);
        ModelGradient.check(layer, () -> layer.forward(x).square().sum());
    }

    @Test
    void rows_of_another_width_are_refused_with_both_shapes() {
        assertThatThrownBy(() -> Linear.of(3, 2, new Seed(1)).forward(Tensor.zeros(4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[4, 5]")
                .hasMessageContaining("[3, 2]");
    }
}
