package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.moved;
import static dev.unroll.bench.onnx.OnnxExportTest.requireEqual;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.ConvGru;
import dev.unroll.nn.image.ConvLstm;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.onnx.export.OnnxExportException;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** ONNX Runtime finds the masks that Unroll finds, frame by frame. */
final class OnnxMasksTest {
    private static final int CHANNELS = 4;
    private static final int DEEP = MaskNetwork.DEEPEST * CHANNELS;
    private static final int HEIGHT = 16;
    private static final int WIDTH = 24;
    private static final int FRAMES = 3;

    private static float[] noise(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static <S> void requireSame(TemporalMemory<S> memory, int states, boolean lstm)
            throws Exception {
        MaskNetwork<S> model = moved(MaskNetwork.of(memory, CHANNELS, new Seed(1)));
        float[] first = noise(HEIGHT * WIDTH * 3, 0);
        float[] given = noise(HEIGHT * WIDTH, 100);
        MaskNetwork.Past<S> past =
                model.begin(
                        Tensor.of(first, 1, HEIGHT, WIDTH, 3),
                        Tensor.of(given, 1, HEIGHT, WIDTH, 1),
                        Mode.INFERENCE);
        try (OrtGraph graph = new OrtGraph(OnnxExport.of(model), "")) {
            Map<String, Numbers> before = new LinkedHashMap<>();
            for (int l = 0; l < states; l++) {
                for (String name : lstm ? List.of("state_", "memory_") : List.of("state_")) {
                    float[] zeros = new float[HEIGHT / 8 * (WIDTH / 8) * DEEP];
                    before.put(name + l, Numbers.of(zeros, 1, HEIGHT / 8, WIDTH / 8, DEEP));
                }
            }
            Numbers frame = Numbers.of(first, 1, HEIGHT, WIDTH, 3);
            Numbers mask = Numbers.of(given, 1, HEIGHT, WIDTH, 1);
            if (memory.remembers()) {
                before = after(graph.run(inputs(frame, frame, mask, before)));
            }
            for (int t = 1; t <= FRAMES; t++) {
                float[] pixels = noise(HEIGHT * WIDTH * 3, t);
                MaskNetwork.Answer<S> ours =
                        model.next(Tensor.of(pixels, 1, HEIGHT, WIDTH, 3), past, Mode.INFERENCE);
                past = ours.past();
                Numbers now = Numbers.of(pixels, 1, HEIGHT, WIDTH, 3);
                OrtGraph.Outputs theirs =
                        graph.run(
                                memory.remembers()
                                        ? inputs(now, frame, mask, before)
                                        : Map.of("frame", now));
                requireEqual(theirs.get("logits").reals(), ours.logits().toArray(), "frame " + t);
                before = after(theirs);
                frame = now;
                mask = theirs.get("mask");
            }
        }
    }

    static Map<String, Numbers> inputs(
            Numbers frame, Numbers frameBefore, Numbers maskBefore, Map<String, Numbers> states) {
        Map<String, Numbers> inputs = new LinkedHashMap<>(states);
        inputs.put("frame", frame);
        inputs.put("frame_before", frameBefore);
        inputs.put("mask_before", maskBefore);
        return inputs;
    }

    static Map<String, Numbers> after(OrtGraph.Outputs outputs) {
        Map<String, Numbers> states = new LinkedHashMap<>();
        outputs.all()
                .forEach(
                        (name, value) -> {
                            if (name.contains("_after_")) {
                                states.put(name.replace("_after_", "_"), value);
                            }
                        });
        return states;
    }

    @Test
    void networks_without_and_with_recurrent_memories_find_the_same() throws Exception {
        requireSame(new TemporalMemory.Nothing(), 0, false);
        requireSame(new TemporalMemory.State(ConvGru.of(DEEP, DEEP, 3, new Seed(2))), 1, false);
        requireSame(new TemporalMemory.State(ConvLstm.of(DEEP, DEEP, 3, new Seed(2))), 1, true);
        requireSame(
                new TemporalMemory.Stacked<>(
                        List.of(
                                new TemporalMemory.State(ConvGru.of(DEEP, DEEP, 3, new Seed(2))),
                                new TemporalMemory.State(ConvGru.of(DEEP, DEEP, 3, new Seed(3))))),
                2,
                false);
    }

    @Test
    void a_memory_of_whole_frames_is_refused_by_name() {
        MaskNetwork<?> model =
                MaskNetwork.of(
                        TemporalMemory.Attention.of(TransformerShape.of(DEEP, 2), 2, new Seed(1)),
                        CHANNELS,
                        new Seed(1));

        assertThatThrownBy(() -> OnnxExport.of(model))
                .isInstanceOf(OnnxExportException.class)
                .hasMessageContaining("Attention");
    }
}
