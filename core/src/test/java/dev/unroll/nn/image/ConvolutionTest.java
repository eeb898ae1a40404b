package dev.unroll.nn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.backend.Window;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.BatchNorm;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
    private static final Seed SEED = new Seed(1);

    @Test
    void one_by_one_is_a_linear_layer_on_every_place() {
        Convolution convolution = Convolution.of(3, 5, Window.square(1), SEED);
        Linear linear =
                new Linear(
                        Parameter.of(convolution.weight().value().toArray(), 3, 5),
                        convolution.bias());
        Tensor x = Numbers.of(1, 2, 4, 3, 3);
        Numbers.assertSame(convolution.forward(x), linear.forward(x));
    }

    @Test
    void groups_are_convolutions_side_by_side() {
        Convolution both = Convolution.grouped(4, 6, Window.of(3, 2).same(), 2, SEED);
        Tensor x = Numbers.of(1, 2, 4, 3, 4);
        Tensor[] halves = new Tensor[2];
        for (int g = 0; g < 2; g++) {
            Tensor weight = both.weight().value().slice(3, 3 * g, 3 * g + 3);
            Convolution one =
                    new Convolution(
                            Parameter.of(weight.toArray(), 3, 2, 2, 3), null, both.window(), 1);
            halves[g] = one.forward(x.slice(3, 2 * g, 2 * g + 2));
        }
        Numbers.assertClose(both.forward(x), Tensor.concat(3, halves), 1e-6);
    }

    @Test
    void its_weights_keep_the_size_of_signals() {
        Convolution convolution = Convolution.withoutBias(8, 4, Window.square(3), SEED);
        float bound = (float) Math.sqrt(6.0 / (9 * 8));
        for (float w : convolution.weight().value().toArray()) {
            assertThat(w).isBetween(-bound, bound);
        }
        assertThat(convolution.in()).isEqualTo(8);
        assertThat(convolution.out()).isEqualTo(4);
        assertThat(Convolution.depthwise(6, Window.square(3), SEED).weight().shape().dims())
                .containsExactly(3, 3, 1, 6);
    }

    @Test
    void what_does_not_fit_is_named() {
        Convolution convolution = Convolution.of(3, 5, Window.square(1), SEED);
        assertThatThrownBy(() -> convolution.forward(Tensor.zeros(1, 4, 4, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("convolution: images are [batch, height, width, 3], not [1, 4, 4, 6]");
        assertThatThrownBy(() -> Convolution.grouped(4, 6, Window.square(1), 3, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("convolution: 4 channels in 3 groups; the groups must be equal");
        assertThatThrownBy(() -> GroupNorm.of(3, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void batch_norm_leaves_its_statistics_to_the_caller() {
        BatchNorm norm = BatchNorm.of(2);
        Tensor x = Tensor.of(new float[] {1, 10, 3, 30}, 2, 1, 1, 2);
        BatchNorm.Statistics batch = norm.learn(x).statistics();
        Numbers.assertClose(batch.mean().toArray(), new float[] {2, 20}, 1e-6);
        Numbers.assertClose(batch.variance().toArray(), new float[] {2, 200}, 1e-4);
        BatchNorm.Statistics running = BatchNorm.Statistics.of(2).towards(batch, 0.1f);
        Numbers.assertClose(running.mean().toArray(), new float[] {0.2f, 2}, 1e-6);
        Numbers.assertClose(running.variance().toArray(), new float[] {1.1f, 20.9f}, 1e-4);
        Tensor y = norm.forward(x, BatchNorm.Statistics.of(2));
        Numbers.assertClose(y, x, 1e-4);
    }
}
