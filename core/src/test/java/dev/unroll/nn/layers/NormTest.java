package dev.unroll.nn.layers;

import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 33})
    void layer_norm_is_its_formula(int width) {
        LayerNorm norm =
                new LayerNorm(
                        Parameter.of(Numbers.of(1, width).toArray(), width),
                        Parameter.of(Numbers.of(2, width).toArray(), width),
                        0.01f);
        same(norm::forward, norm::formula, Numbers.of(3, 4, width), norm.weight(), norm.bias());
        same(norm::forward, norm::formula, Numbers.of(3, 2, 3, width), norm.weight());
        same(norm::forward, norm::formula, Tensor.zeros(0, width), norm.weight(), norm.bias());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 33})
    void rms_norm_is_its_formula(int width) {
        RmsNorm norm = new RmsNorm(Parameter.of(Numbers.of(1, width).toArray(), width), 0.01f);
        same(norm::forward, norm::formula, Numbers.of(3, 4, width), norm.weight());
        same(norm::forward, norm::formula, Numbers.of(3, 2, 3, width), norm.weight());
        same(norm::forward, norm::formula, Tensor.zeros(0, width), norm.weight());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void group_norm_is_its_formula(int groups) {
        GroupNorm norm =
                new GroupNorm(
                        Parameter.of(Numbers.of(1, 6).toArray(), 6),
                        Parameter.of(Numbers.of(2, 6).toArray(), 6),
                        groups,
                        0.01f);
        Tensor x = Numbers.of(3, 2, 3, 4, 6);
        same(norm::forward, norm::formula, x, norm.weight(), norm.bias());
        same(norm::forward, norm::formula, x.transpose(1, 2), norm.weight(), norm.bias());
    }

    private static void same(
            UnaryOperator<Tensor> fused,
            UnaryOperator<Tensor> formula,
            Tensor x,
            Parameter... parameters) {
        Tensor weights = Numbers.of(9, x.shape().dims());
        Numbers.assertClose(fused.apply(x), formula.apply(x), 1e-5);
        Gradients a = Gradients.of(() -> fused.apply(x).times(weights).sum(), x);
        Gradients b = Gradients.of(() -> formula.apply(x).times(weights).sum(), x);
        Numbers.assertClose(a.of(x), b.of(x), 1e-4);
        for (Parameter p : parameters) {
            Numbers.assertClose(a.of(p), b.of(p), 1e-4);
        }
    }
}
