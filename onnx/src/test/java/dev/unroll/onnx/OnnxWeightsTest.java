package dev.unroll.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights get back their names, their layouts and their numbers. */
final class OnnxWeightsTest {
    private static final String NODE = "/encoder/layer.0/attention/self/query/MatMul";
    private static final String NAME = "encoder.layer.0.attention.self.query.weight";

    @Test
    void a_matrix_without_a_name_has_that_of_its_product_and_is_turned_around() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(Protos.floats("x", List.of(1L, 2L), 0, 0))
                        .addInitializer(
                                Protos.floats(
                                        "onnx::MatMul_885", List.of(2L, 3L), 1, 2, 3, 4, 5, 6))
                        .addInitializer(Protos.floats("norm.weight", List.of(2L), 7, 8))
                        .addNode(
                                Protos.node("MatMul", NODE, List.of("x", "onnx::MatMul_885"), "y"));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThat(weights.shapes().keySet()).containsExactly("x", NAME, "norm.weight");
        assertThat(weights.shapes().get(NAME)).containsExactly(3, 2);
        assertThat(weights.values(NAME)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(weights.values("norm.weight")).containsExactly(7, 8);
    }

    @Test
    void a_matrix_of_whole_numbers_has_a_scale_and_a_zero_for_each_column() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(Protos.floats("x", List.of(1L, 2L), 0, 0))
                        .addInitializer(
                                Protos.ints(
                                        "onnx::MatMul_8_quantized",
                                        OnnxType.INT8,
                                        List.of(2L, 2L),
                                        10,
                                        -20,
                                        30,
                                        -128))
                        .addInitializer(
                                Protos.floats("onnx::MatMul_8_scale", List.of(2L), 0.5f, 0.25f))
                        .addInitializer(
                                Protos.ints(
                                        "onnx::MatMul_8_zero_point",
                                        OnnxType.INT8,
                                        List.of(2L),
                                        2,
                                        -4))
                        .addNode(
                                Protos.node(
                                        "MatMulInteger",
                                        NODE + "_quant",
                                        List.of("x", "onnx::MatMul_8_quantized"),
                                        "y"));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThat(weights.shapes().keySet()).containsExactly("x", NAME);
        assertThat(weights.values(NAME))
                .containsExactly((10 - 2) * 0.5f, (30 - 2) * 0.5f, -16 * 0.25f, -124 * 0.25f);
        assertThat(weights.passedOver()).isEmpty();
    }

    @Test
    void a_node_that_dequantizes_says_along_which_dimension_the_scales_lie() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.raw(
                                        "words.weight_quantized",
                                        OnnxType.UINT8,
                                        List.of(2L, 2L),
                                        (byte) 1,
                                        (byte) 2,
                                        (byte) 255,
                                        (byte) 4))
                        .addInitializer(Protos.floats("s", List.of(2L), 1, 10))
                        .addNode(
                                Protos.node(
                                                "DequantizeLinear",
                                                "/words",
                                                List.of("words.weight_quantized", "s"),
                                                "words.weight")
                                        .addAttribute(Protos.whole("axis", 0)));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThat(weights.shapes().keySet()).containsExactly("words.weight");
        assertThat(weights.values("words.weight")).containsExactly(1, 2, 2550, 40);
    }

    @Test
    void a_gemm_that_turns_its_matrix_keeps_the_layout() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(Protos.floats("x", List.of(1L, 1L), 0))
                        .addInitializer(Protos.floats("12", List.of(2L, 1L), 1, 2))
                        .addNode(
                                Protos.node("Gemm", "/pooler/dense/Gemm", List.of("x", "12"), "y")
                                        .addAttribute(Protos.whole("transB", 1)));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThat(weights.shapes().get("pooler.dense.weight")).containsExactly(2, 1);
    }

    @Test
    void whole_numbers_without_a_scale_are_no_weights() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.ints("position_ids", OnnxType.INT32, List.of(2L), 0, 1));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThat(weights.shapes()).isEmpty();
        assertThat(weights.passedOver()).containsExactly("position_ids");
        assertThatThrownBy(() -> weights.values("position_ids")).isInstanceOf(OnnxException.class);
    }

    @Test
    void scales_that_do_not_fit_are_refused() {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .addInitializer(
                                Protos.ints("w_quantized", OnnxType.INT8, List.of(2L), 1, 2))
                        .addInitializer(Protos.floats("w_scale", List.of(3L), 1, 2, 3));

        OnnxWeights weights = OnnxWeights.of(Protos.read(graph));

        assertThatThrownBy(() -> weights.values("w"))
                .hasMessageContaining("3 scales and 3 zero points")
                .hasMessageContaining("[2]");
    }
}
