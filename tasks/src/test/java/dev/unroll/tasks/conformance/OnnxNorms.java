package dev.unroll.tasks.conformance;

import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Tensor;

/** Norms along the last dimensions, which are laid out as one. */
final class OnnxNorms {
    private OnnxNorms() {}

    static OnnxAnswer answer(OnnxCase given) {
        return switch (given.operator()) {
            case "LayerNormalization" -> {
                given.understands("axis", "epsilon");
                Tensor w = given.tensor("W");
                Tensor b = given.tensor("B");
                Tensor y =
                        Norms.layerNorm(
                                rows(given, w),
                                w.reshape(w.size()),
                                b.reshape(b.size()),
                                given.number("epsilon", 1e-5));
                yield OnnxAnswer.of("Norms.layerNorm", "Y", asGiven(given, y));
            }
            case "RMSNormalization" -> {
                given.understands("axis", "epsilon");
                Tensor w = given.tensor("W");
                Tensor y =
                        Norms.rmsNorm(
                                rows(given, w), w.reshape(w.size()), given.number("epsilon", 1e-5));
                yield OnnxAnswer.of("Norms.rmsNorm", "Y", asGiven(given, y));
            }
            case "GroupNormalization" -> group(given);
            default -> throw new IllegalArgumentException("no such norm: " + given.operator());
        };
    }

    private static Tensor rows(OnnxCase given, Tensor weight) {
        int rank = given.tensor("X").rank();
        if (rank - weight.rank() != given.axis(-1)) {
            throw new IllegalArgumentException(given.name() + ": the weights are not the rest's");
        }
        return given.tensor("X").reshape(-1, weight.size());
    }

    private static Tensor asGiven(OnnxCase given, Tensor y) {
        return y.reshape(given.tensor("X").shape().dims());
    }

    /** Each group of channels is a row; the gains are the channels' own. */
    private static OnnxAnswer group(OnnxCase given) {
        given.understands("epsilon", "num_groups");
        Tensor x = given.tensor("x"); // [batch, channels, ..]
        int channels = x.dim(1);
        int width = x.size() / x.dim(0) / given.integer("num_groups", 1);
        Tensor normal =
                Norms.layerNorm(
                        x.reshape(-1, width),
                        Tensor.full(1, width),
                        Tensor.zeros(width),
                        given.number("epsilon", 1e-5));
        Tensor y =
                normal.reshape(x.dim(0), channels, -1)
                        .times(given.tensor("scale").reshape(channels, 1))
                        .plus(given.tensor("bias").reshape(channels, 1));
        return OnnxAnswer.of(
                "formula: Norms.layerNorm of each group", "y", y.reshape(x.shape().dims()));
    }
}
