package dev.unroll.nn.layers;

import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * y = x/√(mean of x² + ε) ⊙ weight (Zhang and Sennrich 2019, eq. 4).
 *
 * @param weight [width]
 * @param epsilon keeps the root from 0
 */
public record RmsNorm(Parameter weight, float epsilon) implements Norm {

    /** Gain 1, ε 1e-5. */
    public static RmsNorm of(int width) {
        return new RmsNorm(Parameter.full(1, width), 1e-5f);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Norms.rmsNorm(x, weight.value(), epsilon);
    }

    /** The same, as the formula has it. */
    public Tensor formula(Tensor x) {
        Tensor rows = x.reshape(-1, x.dim(-1)); // [rows, width]
        Tensor square = rows.square().mean(1).reshape(-1, 1); // [rows, 1]
        Tensor normal = rows.dividedBy(square.plus(epsilon).sqrt());
        return normal.times(weight).reshape(x.shape().dims());
    }
}
