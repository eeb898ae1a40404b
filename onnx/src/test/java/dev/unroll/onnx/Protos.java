package dev.unroll.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** ONNX files as the format's generated classes write them. */
final class Protos {
    private Protos() {}

    static OnnxModel read(GraphProto.Builder graph) {
        return read(bytes(graph));
    }

    static byte[] bytes(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    }

    static OnnxModel read(byte[] bytes) {
        return OnnxModel.read(MemorySegment.ofArray(bytes), "test.onnx");
    }

    static NodeProto.Builder node(
            String operator, String name, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output);
    }

    static AttributeProto whole(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static TensorProto floats(String name, List<Long> dims, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return raw(name, OnnxType.FLOAT, dims, bytes.array());
    }

    static TensorProto raw(String name, OnnxType type, List<Long> dims, byte... bytes) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.code())
                .addAllDims(dims)
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }

    static TensorProto ints(String name, OnnxType type, List<Long> dims, Integer... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.code())
                .addAllDims(dims)
                .addAllInt32Data(Arrays.asList(values))
                .build();
    }
}
