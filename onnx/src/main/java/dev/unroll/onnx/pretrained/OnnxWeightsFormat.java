package dev.unroll.onnx.pretrained;

import dev.unroll.onnx.OnnxException;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.OnnxWeights;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.pretrained.weights.WeightsFormat;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Map;

/** ONNX files among the formats of pretrained weights. */
public final class OnnxWeightsFormat implements WeightsFormat {

    /** Made by {@link java.util.ServiceLoader}. */
    public OnnxWeightsFormat() {}

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public boolean reads(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    @Override
    public NamedWeights read(MemorySegment bytes, String name) {
        OnnxModel model = OnnxModel.read(bytes, name);
        if (model.metadata().containsKey("unroll.task")) {
            throw new OnnxException(
                    name
                            + " was written by 'unroll export', under Unroll's own names; give the run or"
                            + " the folder that it was exported from");
        }
        return new Read(OnnxWeights.of(model), GraphSettings.of(model.graph()));
    }

    /** A file's weights and what its graph says of the network. */
    private record Read(OnnxWeights weights, Map<String, String> settings) implements NamedWeights {
        @Override
        public Map<String, int[]> shapes() {
            return weights.shapes();
        }

        @Override
        public float[] values(String name) {
            return weights.values(name);
        }
    }
}
