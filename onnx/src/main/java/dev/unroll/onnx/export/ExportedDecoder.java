package dev.unroll.onnx.export;

import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.onnx.OnnxType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writing half of the Transformer. */
final class ExportedDecoder {
    private ExportedDecoder() {}

    /**
     * Keys and values of what was read.
     *
     * @param layers those of each layer
     * @param positions [from]
     * @param inside [batch, from]; null if nothing is filled up
     */
    record Across(
            List<ExportedAttention.Memory> layers, String positions, @Nullable String inside) {}

    static Across across(
            GraphBuilder g, TransformerSequenceDecoder d, ExportedTranslation.Source read) {
        Padded padded = read.padded();
        String positions =
                padded == null ? g.range(g.whole(0), g.size(read.rows(), 1)) : padded.positions();
        List<ExportedAttention.Memory> layers = new ArrayList<>();
        for (DecoderLayer layer : d.layers().layers()) {
            layers.add(
                    g.at(
                            "cross." + layers.size(),
                            () ->
                                    ExportedAttention.of(g, layer.cross())
                                            .memory(read.rows(), positions)));
        }
        return new Across(layers, positions, padded == null ? null : padded.inside());
    }

    static void output(GraphBuilder g, Across across) {
        for (int l = 0; l < across.layers.size(); l++) {
            ExportedAttention.Memory memory = across.layers.get(l);
            g.output(
                    memory.keys(), "cross_key_" + l, OnnxType.FLOAT, "batch", "heads", "from", "d");
            g.output(
                    memory.values(),
                    "cross_value_" + l,
                    OnnxType.FLOAT,
                    "batch",
                    "heads",
                    "from",
                    "d");
        }
    }

    static Across input(GraphBuilder g, TransformerSequenceDecoder d, @Nullable String lengths) {
        List<ExportedAttention.Memory> layers = new ArrayList<>();
        for (DecoderLayer layer : d.layers().layers()) {
            ExportedAttention cross = ExportedAttention.of(g, layer.cross());
            int l = layers.size();
            layers.add(
                    new ExportedAttention.Memory(
                            g.input(
                                    "cross_key_" + l,
                                    OnnxType.FLOAT,
                                    "batch",
                                    cross.keyHeads(),
                                    "from",
                                    cross.keyWidth()),
                            g.input(
                                    "cross_value_" + l,
                                    OnnxType.FLOAT,
                                    "batch",
                                    cross.keyHeads(),
                                    "from",
                                    cross.valueWidth())));
        }
        String positions = g.range(g.whole(0), g.size(layers.getFirst().keys(), 2));
        String inside =
                lengths == null ? null : g.binary("Less", positions, g.unsqueeze(lengths, 1));
        return new Across(layers, positions, inside);
    }

    /**
     * Adds the logits of tokens that may follow a past.
     *
     * @param past of each layer; empty if there is none
     * @return the keys and values of each layer, the new ones behind
     */
    static List<ExportedAttention.Memory> step(
            GraphBuilder g,
            TransformerSequenceDecoder d,
            String ids,
            ExportedTransformer.Places places,
            List<ExportedAttention.Memory> past,
            Across across) {
        String x = ExportedLayers.tokens(g, d.embedding(), ids, places.queries());
        List<ExportedAttention.Memory> own = new ArrayList<>();
        for (int l = 0; l < d.layers().layers().size(); l++) {
            DecoderLayer layer = d.layers().layers().get(l);
            ExportedAttention.Memory before = past.isEmpty() ? null : past.get(l);
            ExportedAttention.Memory read = across.layers.get(l);
            String in = x;
            x =
                    g.at(
                            "layer." + l,
                            () ->
                                    ExportedTransformer.step(
                                            g,
                                            layer,
                                            in,
                                            places,
                                            before,
                                            read,
                                            across.positions,
                                            across.inside,
                                            own));
        }
        ExportedWriters.logits(g, d.output(), ExportedTransformer.normed(g, d.layers().norm(), x));
        return own;
    }
}
