package dev.unroll.faults.fuzz;

import dev.unroll.nn.Seed;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.onnx.OnnxException;
import dev.unroll.onnx.OnnxLayers;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.OnnxNode;
import dev.unroll.onnx.OnnxWeights;
import dev.unroll.onnx.export.OnnxExport;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The reader of ONNX files: graph, weights, and layers out of nodes. */
final class OnnxTargets {
    private OnnxTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                                "onnx",
                                List.of(
                                        file(
                                                RecurrentLanguageModel.of(
                                                        Gru::of, 4, 3, 2, 1, 0, new Seed(1))),
                                        file(
                                                RecurrentLanguageModel.of(
                                                        MinGru::of, 4, 3, 2, 1, 0, new Seed(1)))),
                                OnnxTargets::read)
                        .words("Concat", "Slice", "Transpose", "DequantizeLinear", "_quantized")
                        .refusing(OnnxException.class, IllegalArgumentException.class)
                        .share(4));
    }

    private static byte[] file(Object model) {
        return Objects.requireNonNull(OnnxExport.of(model).graphs().get(""))
                .file(Map.of("task", "generate"));
    }

    private static void read(byte[] input) {
        OnnxModel model = OnnxModel.read(MemorySegment.ofArray(input), "a.onnx");
        OnnxWeights weights = OnnxWeights.of(model);
        OnnxLayers layers = OnnxLayers.of(model);
        for (OnnxNode node : model.graph().nodes()) {
            if (node.operator().equals("GRU")) {
                layers.cells(node.name());
            }
            if (node.operator().equals("MatMul")) {
                layers.linear(node.name());
            }
        }
        weights.shapes().keySet().forEach(weights::values);
    }
}
