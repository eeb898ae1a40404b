package dev.unroll.nn.layers;

import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * y = (x − mean)/√(variance + ε) ⊙ weight + bias (Ba et al. 2016, eq. 4).
 *
 * @param weight [width]
 * @param bias [width]
 * @param epsilon keeps the root from 0; 1e-5 in PyTorch
 */
public record LayerNorm(Parameter weight, Parameter bias, float epsilon) implements Norm {

    /** Gain 1, bias 0, ε 1e-5. */
    public static LayerNorm of(int width) {
        return new LayerNorm(Parameter.full(1, width), Parameter.full(0, width), 1e-5f);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Norms.layerNorm(x, weight.value(), bias.value(), epsilon);
    }

    /** The same, as the formula has it. */
    public Tensor formula(Tensor x) {
        int width = x.dim(-1);
        Tensor rows = x.reshape(-1, width); // [rows, width]
        Tensor centred = rows.minus(rows.mean(1).reshape(-1, 1));
        Tensor variance = centred.square().mean(1).reshape(-1, 1); // [rows, 1]
        Tensor normal = centred.dividedBy(variance.plus(epsilon).sqrt());
        return normal.times(weight).plus(bias).reshape(x.shape().dims());
    }
}
