package dev.unroll.bench.embed;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers in an ONNX file: its initializers by name. Exporters name the weights of products
 * only by number, so these are found by the name of the product. Field numbers are those of
 * onnx.proto3.
 *
 * @param initializers by name
 * @param inputs of each node, by the node's name
 */
record OnnxWeights(Map<String, float[]> initializers, Map<String, List<String>> inputs) {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;

    static OnnxWeights read(byte[] file) throws IOException {
        Map<String, float[]> initializers = new HashMap<>();
        Map<String, List<String>> inputs = new HashMap<>();
        ByteString graph = texts(ByteString.copyFrom(file), MODEL_GRAPH).getFirst();
        for (ByteString node : texts(graph, GRAPH_NODE)) {
            List<String> names =
                    texts(node, NODE_INPUT).stream().map(ByteString::toStringUtf8).toList();
            texts(node, NODE_NAME).forEach(name -> inputs.put(name.toStringUtf8(), names));
        }
        for (ByteString tensor : texts(graph, GRAPH_INITIALIZER)) {
            String name = texts(tensor, TENSOR_NAME).getFirst().toStringUtf8();
            for (ByteString raw : texts(tensor, TENSOR_RAW)) {
                float[] values = new float[raw.size() / Float.BYTES];
                raw.asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                initializers.put(name, values);
            }
        }
        return new OnnxWeights(initializers, inputs);
    }

    /** An initializer. */
    float[] named(String name) {
        float[] values = initializers.get(name);
        if (values == null) {
            throw new IllegalArgumentException("the ONNX file has no numbers named " + name);
        }
        return values;
    }

    /** The weight of a product. */
    float[] ofProduct(String node) {
        return inputs.getOrDefault(node, List.of()).stream()
                .map(initializers::get)
                .filter(values -> values != null)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the ONNX file has no product " + node));
    }

    /** All strings, byte strings and messages with this number in a message. */
    private static List<ByteString> texts(ByteString message, int number) throws IOException {
        List<ByteString> found = new ArrayList<>();
        CodedInputStream in = message.newCodedInput();
        in.enableAliasing(true);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WireFormat.FieldType.BYTES.getWireType() + (number << 3)) {
                found.add(in.readBytes());
            } else {
                in.skipField(tag);
            }
        }
        return found;
    }
}
