package dev.unroll.tasks.conformance;

import dev.unroll.nn.Mode;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.tasks.conformance.OnnxAnswer.LeftOut;
import dev.unroll.tensor.Tensor;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Functions of one number, softmax, rows picked, dropout. */
final class OnnxFunctions {
    private OnnxFunctions() {}

    static OnnxAnswer answer(OnnxCase given) {
        return switch (given.operator()) {
            case "Sigmoid" -> plain(given, "Tensor.sigmoid", Tensor::sigmoid);
            case "Tanh" -> plain(given, "Tensor.tanh", Tensor::tanh);
            case "Gelu" -> gelu(given);
            case "Swish" -> swish(given);
            case "Mish" ->
                    plain(
                            given,
                            "formula: x·tanh(ln(1 + eˣ))",
                            x -> x.times(x.exp().plus(1).log().tanh()));
            case "Elu" -> elu(given);
            case "LeakyRelu" -> leakyRelu(given);
            case "Softmax" -> along(given, "Tensor.softmax", Tensor::softmax);
            case "LogSoftmax" -> along(given, "Tensor.logSoftmax", Tensor::logSoftmax);
            case "Gather" -> gather(given);
            case "Dropout" -> dropout(given);
            default -> throw new IllegalArgumentException("no such operator: " + given.operator());
        };
    }

    private static String output(OnnxCase given) {
        return given.outputs().keySet().iterator().next();
    }

    private static OnnxAnswer plain(OnnxCase given, String through, UnaryOperator<Tensor> f) {
        given.understands("alpha", "approximate");
        return OnnxAnswer.of(through, output(given), f.apply(given.first()));
    }

    private static OnnxAnswer gelu(OnnxCase given) {
        return given.text("approximate", "none").equals("tanh")
                ? plain(given, "Tensor.geluTanh", Tensor::geluTanh)
                : plain(given, "Tensor.gelu", Tensor::gelu);
    }

    private static OnnxAnswer swish(OnnxCase given) {
        if (given.number("alpha", 1) != 1) {
            return new LeftOut("silu has no factor inside");
        }
        return plain(given, "Tensor.silu", Tensor::silu);
    }

    private static OnnxAnswer elu(OnnxCase given) {
        float alpha = given.number("alpha", 1);
        return plain(
                given,
                "formula: max(x, 0) + α(e^min(x, 0) − 1)",
                x -> x.relu().plus(x.minimum(Tensor.scalar(0)).exp().plus(-1).times(alpha)));
    }

    private static OnnxAnswer leakyRelu(OnnxCase given) {
        float alpha = given.number("alpha", 0.01);
        return plain(given, "formula: max(x, αx)", x -> x.maximum(x.times(alpha)));
    }

    /** Along a dimension, which is made the last. */
    private static OnnxAnswer along(OnnxCase given, String through, UnaryOperator<Tensor> f) {
        given.understands("axis");
        int axis = given.axis(-1);
        Tensor x = given.first();
        Tensor y = f.apply(x.transpose(axis, -1)).transpose(axis, -1);
        return OnnxAnswer.of(through, output(given), y);
    }

    /** Rows along a dimension, which is made the first. */
    private static OnnxAnswer gather(OnnxCase given) {
        given.understands("axis");
        OnnxCase.Array indices = given.input("indices");
        if (IntStream.of(indices.integers()).anyMatch(i -> i < 0)) {
            return new LeftOut("gather refuses negative row numbers");
        }
        int axis = given.axis(0);
        if (axis > 1) {
            return new LeftOut("gather picks rows");
        }
        Tensor data = axis == 0 ? given.tensor("data") : given.tensor("data").transpose(0, 1);
        int rows = data.dim(0);
        Tensor picked = data.reshape(rows, -1).gather(indices.integers()); // [indices, rest]
        Tensor y =
                axis == 0
                        ? picked
                        : picked.reshape(indices.values().length, data.dim(1), -1).transpose(0, 1);
        return OnnxAnswer.of("Tensor.gather", "y", y.reshape(given.output("y").dims()));
    }

    private static OnnxAnswer dropout(OnnxCase given) {
        given.understands("seed", "ratio");
        boolean training = given.has("t") && given.input("t").values()[0] != 0;
        float rate = given.has("r") ? given.input("r").values()[0] : given.number("ratio", 0.5);
        if (training && rate > 0) {
            return new LeftOut("the expected zeros are those of NumPy's generator");
        }
        Mode mode = training ? new Mode.Training(1, 1) : Mode.INFERENCE;
        return OnnxAnswer.of("Dropout", "y", new Dropout(rate, 0).forward(given.first(), mode));
    }
}
