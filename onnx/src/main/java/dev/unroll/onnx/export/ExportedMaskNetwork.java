package dev.unroll.onnx.export;

import dev.unroll.nn.image.ConvGru;
import dev.unroll.nn.image.ConvLstm;
import dev.unroll.nn.image.ConvolutionBlock;
import dev.unroll.nn.image.ConvolutionalCell;
import dev.unroll.nn.image.TemporalMemory;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.onnx.OnnxType;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks of a clip, a frame at a time. The first frame is asked about with itself and the given mask
 * as the frame before, and zeros as states: what it gives as states belongs to the second.
 */
final class ExportedMaskNetwork {
    private final GraphBuilder g;
    private final MaskNetwork<?> model;
    private final List<ExportedCells.State> after = new ArrayList<>();

    private ExportedMaskNetwork(GraphBuilder g, MaskNetwork<?> model) {
        this.g = g;
        this.model = model;
    }

    /** frame, frame_before, mask_before, state_i, memory_i: logits, mask and the states after. */
    static void step(GraphBuilder g, MaskNetwork<?> model) {
        new ExportedMaskNetwork(g, model).step();
    }

    private void step() {
        String x = image("frame", 3);
        if (model.memory().remembers()) {
            x = g.concat(1, List.of(x, image("frame_before", 3), image("mask_before", 1)));
        }
        List<String> features = new ArrayList<>();
        for (ConvolutionBlock block : model.down()) {
            x = block(block, x);
            features.add(x);
        }
        x = remembered(model.memory(), block(model.deep(), x));
        for (int i = 0; i < model.up().size(); i++) {
            String beside = features.get(model.up().size() - 1 - i);
            String larger = resize(x, "nearest", "asymmetric");
            x = block(model.up().get(i), g.concat(1, List.of(larger, beside)));
        }
        String half = ExportedImages.convolve(g, model.head(), x);
        String logits = g.transpose(resize(half, "linear", "half_pixel"), 0, 2, 3, 1);
        g.output(logits, "logits", OnnxType.FLOAT, "batch", "height", "width", 1);
        g.output(g.unary("Sigmoid", logits), "mask", OnnxType.FLOAT, "batch", "height", "width", 1);
        for (int l = 0; l < after.size(); l++) {
            state(after.get(l).h(), "state_after_" + l);
            String c = after.get(l).c();
            if (c != null) {
                state(c, "memory_after_" + l);
            }
        }
    }

    private void state(String value, String name) {
        g.output(
                g.transpose(value, 0, 2, 3, 1),
                name,
                OnnxType.FLOAT,
                "batch",
                "height/8",
                "width/8",
                "hidden");
    }

    private String image(String name, int channels) {
        return g.transpose(
                g.input(name, OnnxType.FLOAT, "batch", "height", "width", channels), 0, 3, 1, 2);
    }

    private String states(String name, int channels) {
        return g.transpose(
                g.input(name, OnnxType.FLOAT, "batch", "height/8", "width/8", channels),
                0,
                3,
                1,
                2);
    }

    private String block(ConvolutionBlock block, String x) {
        String normal =
                ExportedImages.norm(
                        g, block.norm(), ExportedImages.convolve(g, block.convolution(), x));
        return ExportedLayers.silu(g, normal);
    }

    private String resize(String x, String mode, String coordinates) {
        List<GraphBuilder.Attribute> attributes = new ArrayList<>();
        attributes.add(GraphBuilder.Attribute.of("mode", mode));
        attributes.add(GraphBuilder.Attribute.of("coordinate_transformation_mode", coordinates));
        if (mode.equals("nearest")) {
            attributes.add(GraphBuilder.Attribute.of("nearest_mode", "floor"));
        }
        String scales = g.constant("scales", new float[] {1, 1, 2, 2}, 4);
        return g.add(
                "Resize",
                List.of(x, "", scales),
                attributes.toArray(GraphBuilder.Attribute[]::new));
    }

    private String remembered(TemporalMemory<?> memory, String features) {
        return switch (memory) {
            case TemporalMemory.Nothing _ -> features;
            case TemporalMemory.State state ->
                    g.binary("Add", features, next(state.cell(), features));
            case TemporalMemory.Stacked<?> stacked -> {
                String x = features;
                for (TemporalMemory<?> layer : stacked.layers()) {
                    x = remembered(layer, x);
                }
                yield x;
            }
            default ->
                    throw new OnnxExportException(
                            ("the memory %s cannot be exported: it keeps whole frames, whose number"
                                            + " grows with the clip; train with a GRU or LSTM between"
                                            + " frames")
                                    .formatted(memory.getClass().getSimpleName()));
        };
    }

    /** The state after a frame, which is kept; gives its visible part. */
    private String next(ConvolutionalCell cell, String x) {
        int l = after.size();
        String h = states("state_" + l, cell.hidden());
        ExportedCells.State state =
                switch (cell) {
                    case ConvGru gru -> new ExportedCells.State(gru(gru, x, h), null);
                    case ConvLstm lstm -> lstm(lstm, x, h, states("memory_" + l, cell.memory()));
                    default -> throw OnnxExportException.unknown("cell", cell);
                };
        after.add(state);
        return state.h();
    }

    private String gru(ConvGru cell, String x, String h) {
        int n = cell.hidden();
        String in = ExportedImages.convolve(g, cell.wx(), x);
        String gates = ExportedImages.convolve(g, cell.gates(), h);
        String r = g.unary("Sigmoid", g.binary("Add", part(in, 0, n), part(gates, 0, n)));
        String z = g.unary("Sigmoid", g.binary("Add", part(in, 1, n), part(gates, 1, n)));
        String own = ExportedImages.convolve(g, cell.candidate(), g.binary("Mul", r, h));
        String candidate = g.unary("Tanh", g.binary("Add", part(in, 2, n), own));
        String rest = g.binary("Sub", g.scalar(1), z);
        return g.binary("Add", g.binary("Mul", rest, candidate), g.binary("Mul", z, h));
    }

    private ExportedCells.State lstm(ConvLstm cell, String x, String h, String c) {
        int n = cell.hidden();
        String gates =
                g.binary(
                        "Add",
                        ExportedImages.convolve(g, cell.wx(), x),
                        ExportedImages.convolve(g, cell.wh(), h));
        String i = g.unary("Sigmoid", part(gates, 0, n));
        String f = g.unary("Sigmoid", part(gates, 1, n));
        String candidate = g.unary("Tanh", part(gates, 2, n));
        String o = g.unary("Sigmoid", part(gates, 3, n));
        String memory = g.binary("Add", g.binary("Mul", f, c), g.binary("Mul", i, candidate));
        return new ExportedCells.State(g.binary("Mul", o, g.unary("Tanh", memory)), memory);
    }

    private String part(String x, int index, int channels) {
        return g.slice(x, 1, (long) index * channels, (index + 1L) * channels);
    }
}
