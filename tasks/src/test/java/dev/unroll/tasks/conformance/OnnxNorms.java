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

    private static OnnxAnswer group(OnnxCase given) {
        given.understands("epsilon", "num_groups");
        Tensor x = given.tensor("x"); // [batch, channels, ..]
        int channels = x.dim(1);
        Tensor y =
                Norms.groupNorm(
                        x.reshape(x.dim(0), channels, -1).transpose(),
                        given.integer("num_groups", 1),
                        given.tensor("scale"),
                        given.tensor("bias"),
                        given.number("epsilon", 1e-5));
        return OnnxAnswer.of("Norms.groupNorm", "y", y.transpose().reshape(x.shape().dims()));
    }
}
