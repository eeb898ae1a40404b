package dev.unroll.nn.layers;

import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * Each channel by its mean and variance over a batch (Ioffe and Szegedy 2015). The layer remembers
 * no statistics: learning gives those of the batch, their running mean is the caller's, and using
 * the layer takes them. {@link GroupNorm} needs none of this.
 *
 * @param weight [channels]
 * @param bias [channels]
 * @param epsilon keeps the root from 0; 1e-5 in PyTorch
 */
public record BatchNorm(Parameter weight, Parameter bias, float epsilon) {

    /**
     * The statistics of each channel.
     *
     * @param mean [channels]
     * @param variance [channels]
     */
    public record Statistics(Tensor mean, Tensor variance) {

        /** Mean 0 and variance 1: where a running mean starts. */
        public static Statistics of(int channels) {
            return new Statistics(Tensor.zeros(channels), Tensor.full(1, channels));
        }

        /** A running mean one batch on: (1 − share)·this + share·batch. */
        public Statistics towards(Statistics batch, float share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "batch norm: a share of " + share + "; it is between 0 and 1");
            }
            return new Statistics(
                    mean.times(1 - share).plus(batch.mean.times(share)),
                    variance.times(1 - share).plus(batch.variance.times(share)));
        }
    }

    /**
     * The result for a batch.
     *
     * @param y like x
     * @param statistics of the batch, the variance divided by one place less (as PyTorch has it)
     */
    public record OfBatch(Tensor y, Statistics statistics) {}

    /** Gain 1, bias 0, ε 1e-5. */
    public static BatchNorm of(int channels) {
        return new BatchNorm(Parameter.full(1, channels), Parameter.full(0, channels), 1e-5f);
    }

    /** Learning: x [batch, height, width, channels] by its own statistics. */
    public OfBatch learn(Tensor x) {
        Norms.OfBatch normal = Norms.batchNorm(x, weight.value(), bias.value(), epsilon);
        float places = (float) x.size() / Math.max(1, x.dim(-1));
        Tensor variance = normal.variance().times(places / Math.max(1, places - 1));
        return new OfBatch(normal.y(), new Statistics(normal.mean(), variance));
    }

    /** Using: x [batch, height, width, channels] by statistics known before. */
    public Tensor forward(Tensor x, Statistics known) {
        return Norms.batchNorm(
                x, weight.value(), bias.value(), known.mean(), known.variance(), epsilon);
    }
}
