package dev.unroll.onnx.export;

import dev.unroll.backend.Window;
import dev.unroll.mask.Masks;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.image.ConvolutionalEncoder;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.nn.image.PatchEncoder;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.nn.models.ImageContext;
import dev.unroll.onnx.OnnxType;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks that read images. Within, images are [batch, channels, height, width]. */
final class ExportedImages {
    private ExportedImages() {}

    /** images [batch, height, width, channels] give rows [batch, cells, width]. */
    static String encode(GraphBuilder g, ImageEncoder encoder) {
        return switch (encoder) {
            case ConvolutionalEncoder network -> {
                String x =
                        ExportedLayers.silu(
                                g, convolve(g, network.first(), images(g, network.first().in())));
                for (ConvolutionalEncoder.Stage stage : network.stages()) {
                    String halved = norm(g, stage.norm(), convolve(g, stage.halve(), x));
                    String y = ExportedLayers.silu(g, halved);
                    String again = norm(g, stage.normAgain(), convolve(g, stage.again(), y));
                    x = ExportedLayers.silu(g, g.binary("Add", y, again));
                }
                yield rows(g, x, network.width());
            }
            case PatchEncoder patches -> {
                int patch = patches.patch();
                int channels = patches.embedding().in() / (patch * patch);
                String x =
                        rows(
                                g,
                                convolve(g, ofPatches(patches), images(g, channels)),
                                patches.width());
                String positions = g.range(g.whole(0), g.size(x, 1));
                String placed = ExportedLayers.placed(g, patches.positions(), x, positions);
                String batch = g.slice(g.unary("Shape", x), 0, 0, 1);
                String lengths = g.binary("Expand", g.size(x, 1), batch);
                yield ExportedTransformer.read(
                        g, patches.layers(), placed, Padded.of(g, x, lengths), Masks.NONE);
            }
            default -> throw OnnxExportException.unknown("encoder of images", encoder);
        };
    }

    private static String images(GraphBuilder g, int channels) {
        String images = g.input("images", OnnxType.FLOAT, "batch", "height", "width", channels);
        return g.transpose(images, 0, 3, 1, 2);
    }

    private static String rows(GraphBuilder g, String x, int width) {
        return g.reshape(g.transpose(x, 0, 2, 3, 1), 0, -1, width);
    }

    /** The product that makes a patch a row, as a convolution that moves by whole patches. */
    private static Convolution ofPatches(PatchEncoder encoder) {
        int patch = encoder.patch();
        int channels = encoder.embedding().in() / (patch * patch);
        return new Convolution(
                Parameter.of(
                        encoder.embedding().weight().value().toArray(),
                        patch,
                        patch,
                        channels,
                        encoder.width()),
                encoder.embedding().bias(),
                Window.square(patch).stride(patch),
                1);
    }

    static String convolve(GraphBuilder g, Convolution layer, String x) {
        Window window = layer.window();
        int taps = window.height() * window.width();
        int in = layer.in() / layer.groups();
        int out = layer.out();
        float[] from = layer.weight().value().toArray();
        float[] kernel = new float[from.length];
        for (int t = 0; t < taps; t++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    kernel[(o * in + i) * taps + t] = from[(t * in + i) * out + o];
                }
            }
        }
        List<String> inputs = new ArrayList<>();
        inputs.add(x);
        inputs.add(g.constant("kernel", kernel, out, in, window.height(), window.width()));
        if (layer.bias() != null) {
            inputs.add(g.parameter(layer.bias()));
        }
        Window.Padding edges = window.padding();
        return g.add(
                "Conv",
                inputs,
                GraphBuilder.Attribute.ofAll("kernel_shape", window.height(), window.width()),
                GraphBuilder.Attribute.ofAll("strides", window.down(), window.across()),
                GraphBuilder.Attribute.ofAll(
                        "dilations", window.rowDilation(), window.columnDilation()),
                GraphBuilder.Attribute.ofAll(
                        "pads", edges.top(), edges.left(), edges.bottom(), edges.right()),
                GraphBuilder.Attribute.of("group", layer.groups()));
    }

    static String norm(GraphBuilder g, GroupNorm layer, String x) {
        int groups = layer.groups();
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        String normal =
                g.add(
                        "InstanceNormalization",
                        List.of(
                                g.reshape(x, 0, groups, -1),
                                g.constant("ones", ones, groups),
                                g.constant("zeros", new float[groups], groups)),
                        GraphBuilder.Attribute.of("epsilon", layer.epsilon()));
        String back = g.binary("Reshape", normal, g.unary("Shape", x));
        int channels = layer.weight().size();
        String gain = g.reshape(g.parameter(layer.weight()), channels, 1, 1);
        String bias = g.reshape(g.parameter(layer.bias()), channels, 1, 1);
        return g.binary("Add", g.binary("Mul", back, gain), bias);
    }

    /** The rows that a decoder sees of an image's cells. */
    static String context(GraphBuilder g, ImageContext context, String cells) {
        return switch (context) {
            case ImageContext.Summary summary ->
                    ExportedLayers.linear(g, summary.projection(), mean(g, cells));
            case ImageContext.EveryCell every -> {
                String positions = g.range(g.whole(0), g.size(cells, 1));
                String placed = ExportedLayers.placed(g, every.positions(), cells, positions);
                yield ExportedLayers.linear(g, every.projection(), placed);
            }
            default -> throw OnnxExportException.unknown("context", context);
        };
    }

    /** [batch, cells, width] to [batch, 1, width] */
    static String mean(GraphBuilder g, String rows) {
        return g.add(
                "ReduceMean",
                List.of(rows),
                GraphBuilder.Attribute.ofAll("axes", 1),
                GraphBuilder.Attribute.of("keepdims", 1));
    }
}
