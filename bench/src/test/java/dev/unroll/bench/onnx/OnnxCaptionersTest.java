package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.moved;
import static dev.unroll.bench.onnx.OnnxWritersTest.all;
import static dev.unroll.bench.onnx.OnnxWritersTest.empty;
import static dev.unroll.bench.onnx.OnnxWritersTest.requireSameWhole;
import static dev.unroll.bench.onnx.OnnxWritersTest.requireSameWriting;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.image.ConvolutionalEncoder;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.nn.image.PatchEncoder;
import dev.unroll.nn.models.CaptioningModel;
import dev.unroll.nn.models.ImageContext;
import dev.unroll.nn.models.Memory;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.onnx.export.OnnxExport;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * ONNX Runtime computes from an exported captioner the numbers that Unroll computes, and writes the
 * same tokens one by one.
 */
final class OnnxCaptionersTest {
    private static final int VOCABULARY = 13;
    private static final int WIDTH = 8;

    @Test
    void a_captioner_writes_the_same() throws Exception {
        TransformerShape shape = TransformerShape.of(WIDTH, 2);
        ImageEncoder convolutions = ConvolutionalEncoder.of(3, 16, 2, 0, new Seed(2));
        ImageEncoder patches = PatchEncoder.of(shape, 1, 3, 16, 4, new Seed(2));
        for (ImageEncoder encoder : List.of(convolutions, patches)) {
            for (ImageContext.Kind kind : ImageContext.Kind.values()) {
                ImageContext context =
                        ImageContext.of(kind, 16, encoder.width(), WIDTH, new Seed(3));
                requireSameCaption(
                        moved(
                                new CaptioningModel(
                                        encoder,
                                        context,
                                        TransformerSequenceDecoder.of(
                                                shape, 2, VOCABULARY, new Seed(4)))),
                        empty(shape, 2));
                RecurrentShape recurrent =
                        new RecurrentShape(
                                WIDTH,
                                6,
                                1,
                                false,
                                kind == ImageContext.Kind.START
                                        ? Optional.empty()
                                        : Optional.of(Alignment.Kind.ADDITIVE),
                                0);
                requireSameCaption(
                        moved(
                                new CaptioningModel(
                                        encoder,
                                        context,
                                        RecurrentSequenceDecoder.of(
                                                Cells.named("lstm"),
                                                recurrent,
                                                WIDTH,
                                                VOCABULARY,
                                                new Seed(4)))),
                        Map.of());
            }
        }
    }

    private static void requireSameCaption(CaptioningModel model, Map<String, Numbers> past)
            throws Exception {
        Random random = new Random(5);
        float[] pixels = new float[2 * 16 * 16 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        int[][] captions = {{1, 2, 3}, {1, 4, 5, 6}};
        OnnxExport export = OnnxExport.of(model);
        Memory memory = model.memory(Tensor.of(pixels, 2, 16, 16, 3), Mode.INFERENCE);
        requireSameWhole(
                export,
                Map.of("images", Numbers.of(pixels, 2, 16, 16, 3)),
                captions,
                all(model.decoder(), memory, captions));
        float[] first = Arrays.copyOf(pixels, pixels.length / 2);
        requireSameWriting(
                export,
                Map.of("images", Numbers.of(first, 1, 16, 16, 3)),
                Map.of(),
                past,
                model.decoder()
                        .decode(model.memory(Tensor.of(first, 1, 16, 16, 3), Mode.INFERENCE)));
    }
}
