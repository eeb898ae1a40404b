package dev.unroll.nn.layers;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * From a row to a number for each token: logits = h·Wᵀ + b. The weight has the shape of an
 * embedding, so that it can be one (tied, Press and Wolf 2017).
 *
 * @param weight [vocabulary, width]
 * @param bias [vocabulary]
 */
public record Output(Parameter weight, Parameter bias) {

    /** With a weight of its own. */
    public static Output of(int vocabulary, int width, Seed seed) {
        return new Output(
                seed.uniform(1 / Math.sqrt(width), vocabulary, width),
                Parameter.full(0, vocabulary));
    }

    /** With the weight of an embedding. */
    public static Output tied(Embedding embedding) {
        return new Output(embedding.weight(), Parameter.full(0, embedding.vocabulary()));
    }

    /** h [tokens, width] gives [tokens, vocabulary]. */
    public Tensor logits(Tensor h) {
        return h.linearTransposed(weight, bias);
    }

    /**
     * Mean cross-entropy of the targets [tokens], with the mode's label smoothing, computed without
     * ever holding all logits.
     */
    public Tensor loss(Tensor h, int[] targets, Mode mode) {
        return CrossEntropy.ofLinear(
                h,
                weight.value().transpose(),
                bias.value(),
                targets,
                (float) mode.labelSmoothing());
    }
}
