package dev.unroll.tasks.conformance;

import dev.unroll.tasks.conformance.OnnxAnswer.Computed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Losses. ONNX has the classes in the second dimension, Unroll in the last. */
final class OnnxLosses {
    private OnnxLosses() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands("reduction", "ignore_index");
        boolean logits = given.operator().equals("SoftmaxCrossEntropyLoss");
        Tensor x = given.first(); // [batch, classes, ..]
        int[] dims = given.input(logits ? "y" : "target").dims();
        Tensor rows = rows(x); // [rows, classes]
        int[] targets = targets(given, logits ? "y" : "target");
        OnnxCase.@Nullable Array weights = given.optional(logits ? "w" : "weight");
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        String name = logits ? "z" : "loss";
        String through;
        String reduction = given.text("reduction", "mean");
        if (logits && weights == null && reduction.equals("mean")) {
            outputs.put(name, CrossEntropy.mean(rows, targets, 0));
            through = "CrossEntropy.mean";
        } else {
            Tensor each = logits ? CrossEntropy.perRow(rows, targets, 0) : picked(rows, targets);
            Tensor shares = shares(targets, weights);
            outputs.put(name, reduced(each.times(shares), shares, reduction, dims));
            through =
                    (logits ? "CrossEntropy.perRow" : "formula: Tensor.gather")
                            + (weights == null ? "" : ", weighed by class");
        }
        if (given.outputs().containsKey("log_prob")) {
            outputs.put("log_prob", back(rows.logSoftmax(), x));
        }
        return new Computed(through, outputs);
    }

    private static int[] targets(OnnxCase given, String name) {
        int ignored = given.integer("ignore_index", Integer.MIN_VALUE);
        return Arrays.stream(given.input(name).integers())
                .map(t -> t == ignored ? CrossEntropy.IGNORED : t)
                .toArray();
    }

    /** [batch, classes, ..] gives [batch·.., classes]. */
    private static Tensor rows(Tensor x) {
        return x.reshape(x.dim(0), x.dim(1), -1).transpose(1, 2).reshape(-1, x.dim(1));
    }

    private static Tensor back(Tensor rows, Tensor x) {
        return rows.reshape(x.dim(0), -1, x.dim(1)).transpose(1, 2).reshape(x.shape().dims());
    }

    /** −x at each row's target: [rows]. */
    private static Tensor picked(Tensor x, int[] targets) {
        int[] places = new int[targets.length];
        Arrays.setAll(places, i -> i * x.dim(1) + Math.max(0, targets[i]));
        return x.reshape(-1, 1).gather(places).reshape(targets.length).negate();
    }

    /** What each row counts: 0 where the target is ignored. */
    private static Tensor shares(int[] targets, OnnxCase.@Nullable Array weights) {
        float[] shares = new float[targets.length];
        for (int i = 0; i < shares.length; i++) {
            boolean ignored = targets[i] == CrossEntropy.IGNORED;
            shares[i] = ignored ? 0 : weights == null ? 1 : weights.values()[targets[i]];
        }
        return Tensor.of(shares, shares.length);
    }

    private static Tensor reduced(Tensor weighed, Tensor shares, String reduction, int[] dims) {
        return switch (reduction) {
            case "none" -> weighed.reshape(dims);
            case "sum" -> weighed.sum();
            case "mean" -> weighed.sum().dividedBy(shares.sum());
            default -> throw new IllegalArgumentException("no such reduction: " + reduction);
        };
    }
}
