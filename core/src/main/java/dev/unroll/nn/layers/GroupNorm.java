package dev.unroll.nn.layers;

import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * Each image's channels in groups of neighbours, each group by its own mean and variance over all
 * places (Wu and He 2018). It knows nothing of other images, so it is the same when learning and
 * when used.
 *
 * @param weight [channels]
 * @param bias [channels]
 * @param groups divides the channels; 1 is layer norm of the image, one a channel instance norm
 * @param epsilon keeps the root from 0; 1e-5 in PyTorch
 */
public record GroupNorm(Parameter weight, Parameter bias, int groups, float epsilon) {

    public GroupNorm {
        if (groups < 1 || weight.size() % groups != 0) {
            throw new IllegalArgumentException(
                    "group norm: %d channels in %d groups; the groups must be equal"
                            .formatted(weight.size(), groups));
        }
    }

    /** Gain 1, bias 0, ε 1e-5. */
    public static GroupNorm of(int groups, int channels) {
        return new GroupNorm(
                Parameter.full(1, channels), Parameter.full(0, channels), groups, 1e-5f);
    }

    /** x [batch, height, width, channels] gives the same shape. */
    public Tensor forward(Tensor x) {
        return Norms.groupNorm(x, groups, weight.value(), bias.value(), epsilon);
    }

    /** The same, as the formula has it. */
    public Tensor formula(Tensor x) {
        int channels = x.dim(-1);
        Tensor parts = x.reshape(x.dim(0), -1, groups, channels / groups);
        Tensor rows = parts.transpose(1, 2).reshape(x.dim(0), groups, -1); // [batch, groups, n]
        Tensor centred = rows.minus(rows.mean(2).reshape(x.dim(0), groups, 1));
        Tensor variance = centred.square().mean(2).reshape(x.dim(0), groups, 1);
        Tensor normal = centred.dividedBy(variance.plus(epsilon).sqrt());
        return normal.reshape(x.dim(0), groups, -1, channels / groups)
                .transpose(1, 2)
                .reshape(x.shape().dims())
                .times(weight)
                .plus(bias);
    }
}
