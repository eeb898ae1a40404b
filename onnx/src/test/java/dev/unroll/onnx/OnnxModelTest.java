package dev.unroll.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the format's generated classes write is read. */
final class OnnxModelTest {

    @Test
    void a_models_parts_are_read() {
        byte[] file =
                ModelProto.newBuilder()
                        .setProducerName("someone")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .setGraph(
                                GraphProto.newBuilder()
                                        .setName("all")
                                        .addInitializer(Protos.floats("w", List.of(2L, 1L), 3, 4))
                                        .addNode(
                                                Protos.node(
                                                                "MatMul",
                                                                "/a/MatMul",
                                                                List.of("w", ""),
                                                                "y")
                                                        .addAttribute(Protos.whole("hidden", -7))
                                                        .addAttribute(reals("alpha", 0.5f, 2f))))
                        .build()
                        .toByteArray();

        OnnxModel model = Protos.read(file);

        assertThat(model.producer()).isEqualTo("someone");
        assertThat(model.opsets()).containsEntry("", 17L);
        OnnxNode node = model.graph().node("/a/MatMul");
        assertThat(node.operator()).isEqualTo("MatMul");
        assertThat(node.inputs()).containsExactly("w", "");
        assertThat(node.input(1)).isEmpty();
        assertThat(node.whole("hidden", 0)).isEqualTo(-7);
        assertThat(node.attributes().get("alpha"))
                .isEqualTo(new OnnxAttribute.Reals(List.of(0.5f, 2f)));
        assertThat(model.graph().initializer("w").floats()).containsExactly(3, 4);
    }

    private static AttributeProto reals(String name, Float... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOATS)
                .addAllFloats(Arrays.asList(values))
                .build();
    }

    @Test
    void numbers_of_every_format_are_read() {
        List<Long> two = List.of(2L);
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.raw("half", OnnxType.FLOAT16, two, b(0, 0x3c, 0, 0xc0)))
                        .addInitializer(
                                Protos.raw("brain", OnnxType.BFLOAT16, two, b(0x80, 0x3f, 0, 0xc0)))
                        .addInitializer(
                                Protos.ints("half.1", OnnxType.FLOAT16, two, 0x3c00, 0xc000))
                        .addInitializer(Protos.raw("signed", OnnxType.INT8, two, b(1, 0xfe)))
                        .addInitializer(Protos.raw("unsigned", OnnxType.UINT8, two, b(1, 0xfe)))
                        .addInitializer(Protos.ints("signed.1", OnnxType.INT8, two, 1, -2))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("double")
                                        .setDataType(OnnxType.DOUBLE.code())
                                        .addDims(2)
                                        .addDoubleData(1)
                                        .addDoubleData(-2))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("long")
                                        .setDataType(OnnxType.INT64.code())
                                        .addDims(2)
                                        .addInt64Data(1)
                                        .addInt64Data(-2))
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("scalar")
                                        .setDataType(OnnxType.FLOAT.code())
                                        .addFloatData(1.5f));

        OnnxGraph read = Protos.read(graph).graph();

        for (String name :
                List.of("half", "brain", "half.1", "signed", "signed.1", "double", "long")) {
            assertThat(read.initializer(name).floats()).as(name).containsExactly(1, -2);
        }
        assertThat(read.initializer("unsigned").floats()).containsExactly(1, 254);
        assertThat(read.initializer("long").wholes()).containsExactly(1, -2);
        assertThat(read.initializer("scalar").shape()).isEmpty();
        assertThat(read.initializer("scalar").floats()).containsExactly(1.5f);
    }

    private static byte[] b(int... bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) bytes[i];
        }
        return result;
    }

    @Test
    void a_branch_may_use_what_lies_outside() {
        GraphProto.Builder branch =
                GraphProto.newBuilder()
                        .setName("then")
                        .addNode(Protos.node("Neg", "inside", List.of("w"), "y"));
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(Protos.floats("w", List.of(1L), 3))
                        .addNode(
                                Protos.node("If", "choice", List.of("w"), "z")
                                        .addAttribute(
                                                AttributeProto.newBuilder()
                                                        .setName("then_branch")
                                                        .setType(AttributeProto.AttributeType.GRAPH)
                                                        .setG(branch)));

        OnnxGraph then = Protos.read(graph).graph().node("choice").graph("then_branch");

        assertThat(then.node("inside").operator()).isEqualTo("Neg");
    }

    @Test
    void a_circle_is_refused() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addNode(Protos.node("Neg", "one", List.of("b"), "a"))
                        .addNode(Protos.node("Neg", "two", List.of("a"), "b"));

        assertThatThrownBy(() -> Protos.read(graph))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("Neg 'one' needs 'b'")
                .hasMessageContaining("circle");
    }

    @Test
    void graphs_that_lie_too_deep_are_refused() {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (int i = 0; i < 20; i++) {
            NodeProto.Builder node =
                    NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(
                                    AttributeProto.newBuilder().setName("then_branch").setG(graph));
            graph = GraphProto.newBuilder().addNode(node);
        }
        GraphProto.Builder deep = graph;

        assertThatThrownBy(() -> Protos.read(deep)).hasMessageContaining("more than 16 deep");
    }

    @Test
    void numbers_in_another_file_are_refused_and_the_error_says_what_to_do() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("big")
                                        .setDataType(1)
                                        .addDims(1_000_000)
                                        .setDataLocation(TensorProto.DataLocation.EXTERNAL));

        assertThatThrownBy(() -> Protos.read(graph))
                .hasMessageContaining("'big'")
                .hasMessageContaining("save_as_external_data=False");
    }

    @Test
    void a_tensor_whose_numbers_do_not_fill_it_is_refused_before_an_array_is_made() {
        GraphProto.Builder raw =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.raw("w", OnnxType.FLOAT, List.of(1L << 30), new byte[8]));
        GraphProto.Builder listed =
                GraphProto.newBuilder()
                        .addInitializer(Protos.ints("w", OnnxType.INT8, List.of(1L << 30), 1));
        GraphProto.Builder huge =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.raw("w", OnnxType.FLOAT, List.of(1L << 30, 1L << 30, 4L)));

        assertThatThrownBy(() -> Protos.read(raw)).hasMessageContaining("[1073741824] has 8 bytes");
        assertThatThrownBy(() -> Protos.read(listed).graph().initializer("w").floats())
                .hasMessageContaining("fewer in the file");
        assertThatThrownBy(() -> Protos.read(huge)).hasMessageContaining("more numbers");
    }

    @Test
    void an_unknown_format_of_numbers_is_named() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(TensorProto.newBuilder().setName("w").setDataType(17));

        assertThatThrownBy(() -> Protos.read(graph))
                .hasMessageContaining("'w' has numbers of the format 17")
                .hasMessageContaining("float32");
    }

    @Test
    void damaged_files_are_refused_or_read_and_nothing_else() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(Protos.floats("w", List.of(2L, 2L), 1, 2, 3, 4))
                        .addInitializer(Protos.ints("q", OnnxType.INT8, List.of(2L), 1, -2))
                        .addNode(
                                Protos.node("Gemm", "/a/Gemm", List.of("w", "w"), "y")
                                        .addAttribute(Protos.whole("transB", 1)));
        byte[] good = Protos.bytes(graph);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, i < good.length ? i : good.length);
            for (int n = i < good.length ? 0 : 1 + i % 3; n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                OnnxModel model = Protos.read(bad);
                model.graph().initializers().values().forEach(OnnxTensor::floats);
                OnnxWeights weights = OnnxWeights.of(model);
                weights.shapes().keySet().forEach(weights::values);
            } catch (OnnxException e) {
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(5_000);
    }
}
