package dev.unroll.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.unroll.nn.Mode;
import dev.unroll.onnx.pretrained.OnnxWeightsFormat;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.tensor.Tokens;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published encoders in ONNX files become networks that compute ONNX Runtime's numbers. */
final class PretrainedOnnxTest {
    private static final int[] SENTENCE = {101, 7592, 2088, 2003, 2019, 2590, 2518, 1012, 102};

    private static byte[] file(String name) throws Exception {
        try (InputStream in = PretrainedOnnxTest.class.getResourceAsStream("/" + name)) {
            assertThat(in).as("%s on the class path", name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static Pretrained load(byte[] file, int layers) throws Exception {
        String config =
                """
                {"model_type": "bert", "vocab_size": 30522, "hidden_size": 384,
                 "num_hidden_layers": %d, "num_attention_heads": 12, "intermediate_size": 1536,
                 "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
                 "hidden_act": "gelu"}
                """
                        .formatted(layers);
        return Pretrained.load(
                ModelConfig.parse(config.getBytes(StandardCharsets.UTF_8), "config.json"),
                new ModelFiles.InMemory("memory", Map.of("model.onnx", file)));
    }

    private static float[] ours(byte[] file, int layers) throws Exception {
        return load(file, layers)
                .encoder()
                .forward(Tokens.of(List.of(SENTENCE)), Mode.INFERENCE)
                .rows()
                .toArray();
    }

    private static float[] theirs(byte[] file) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        long[] ids = new long[SENTENCE.length];
        long[] ones = new long[SENTENCE.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = SENTENCE[i];
            ones[i] = 1;
        }
        long[] shape = {1, ids.length};
        inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
        inputs.put(
                "attention_mask",
                OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape));
        inputs.put(
                "token_type_ids",
                OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape));
        try (OrtSession session = environment.createSession(file);
                OrtSession.Result result = session.run(inputs)) {
            FloatBuffer rows = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[rows.remaining()];
            rows.get(values);
            return values;
        }
    }

    @ParameterizedTest
    @CsvSource({"all-minilm-l6-v2.onnx, 6", "bge-small-en.onnx, 12", "bge-small-en-v1.5.onnx, 12"})
    void encoders_of_32_bits_compute_the_same(String name, int layers) throws Exception {
        byte[] file = file(name);

        float[] ours = ours(file, layers);

        float[] theirs = theirs(file);
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).as("number %d", i).isCloseTo(theirs[i], within(1e-4f));
        }
    }

    /** ONNX Runtime also rounds what goes through the network to 8 bits; Unroll does not. */
    @ParameterizedTest
    @CsvSource({
        "all-minilm-l6-v2-q.onnx, 6",
        "e5-small-v2-q.onnx, 12",
        "bge-small-en-v1.5-q.onnx, 12"
    })
    void encoders_of_8_bits_point_the_same_way(String name, int layers) throws Exception {
        byte[] file = file(name);

        float[] ours = ours(file, layers);

        float[] theirs = theirs(file);
        double product = 0;
        double squares = 0;
        double squaresOfTheirs = 0;
        for (int i = 0; i < ours.length; i++) {
            product += ours[i] * theirs[i];
            squares += ours[i] * ours[i];
            squaresOfTheirs += theirs[i] * theirs[i];
        }
        assertThat(product / Math.sqrt(squares * squaresOfTheirs)).isGreaterThan(0.98);
    }

    @Test
    void the_graph_says_heads_and_function_and_what_is_added_under_the_root() throws Exception {
        for (String name : List.of("all-minilm-l6-v2.onnx", "e5-small-v2-q.onnx")) {
            NamedWeights weights =
                    new OnnxWeightsFormat().read(MemorySegment.ofArray(file(name)), name);

            assertThat(weights.settings())
                    .containsEntry("num_attention_heads", "12")
                    .containsEntry("hidden_act", "gelu")
                    .containsEntry("layer_norm_eps", "1.0E-12");
        }
    }
}
