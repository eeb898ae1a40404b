package dev.unroll.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unroll.onnx.export.OnnxExport;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An exported graph that ONNX Runtime runs. */
final class OrtGraph implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** An array of numbers, whole or real. */
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(long[] shape, long[] wholes, float[] reals) {
        static Numbers of(long[] wholes, long... shape) {
            return new Numbers(shape, wholes, new float[0]);
        }

        static Numbers of(float[] reals, long... shape) {
            return new Numbers(shape, new long[0], reals);
        }

        /** Sequences side by side, filled up with zeros. */
        static Numbers padded(int[]... sequences) {
            int time = Arrays.stream(sequences).mapToInt(s -> s.length).max().orElse(0);
            long[] all = new long[sequences.length * time];
            for (int s = 0; s < sequences.length; s++) {
                for (int t = 0; t < sequences[s].length; t++) {
                    all[s * time + t] = sequences[s][t];
                }
            }
            return of(all, sequences.length, time);
        }

        static Numbers lengths(int[]... sequences) {
            return of(
                    Arrays.stream(sequences).mapToLong(s -> s.length).toArray(), sequences.length);
        }

        /** The row at some place of the first dimensions. */
        float[] row(int... at) {
            int width = (int) shape[shape.length - 1];
            int index = 0;
            for (int d = 0; d < at.length; d++) {
                index = index * (int) shape[d] + at[d];
            }
            return Arrays.copyOfRange(reals, index * width, (index + 1) * width);
        }
    }

    /** The outputs of a graph, by name. */
    record Outputs(Map<String, Numbers> all) {
        Numbers get(String name) {
            Numbers numbers = all.get(name);
            if (numbers == null) {
                throw new IllegalArgumentException(
                        "no output '%s' among %s".formatted(name, all.keySet()));
            }
            return numbers;
        }
    }

    OrtGraph(OnnxExport export, String added) throws OrtException {
        OnnxExport.Graph graph = export.graphs().get(added);
        if (graph == null) {
            throw new IllegalArgumentException("no graph '" + added + "'");
        }
        session = environment.createSession(graph.file(Map.of("a", "b")));
    }

    Outputs run(Map<String, Numbers> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Numbers> each : inputs.entrySet()) {
            Numbers n = each.getValue();
            tensors.put(
                    each.getKey(),
                    n.wholes.length > 0
                            ? OnnxTensor.createTensor(
                                    environment, LongBuffer.wrap(n.wholes), n.shape)
                            : OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(n.reals), n.shape));
        }
        Map<String, Numbers> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(tensors)) {
            result.forEach(
                    each -> {
                        OnnxTensor tensor = (OnnxTensor) each.getValue();
                        FloatBuffer buffer = tensor.getFloatBuffer();
                        float[] values = new float[buffer.remaining()];
                        buffer.get(values);
                        outputs.put(each.getKey(), Numbers.of(values, tensor.getInfo().getShape()));
                    });
        }
        tensors.values().forEach(OnnxTensor::close);
        return new Outputs(outputs);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
