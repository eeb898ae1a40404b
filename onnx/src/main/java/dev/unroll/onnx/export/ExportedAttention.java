package dev.unroll.onnx.export;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.Positions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multi-head attention as products and softmax; heads are [batch, heads, time, d]. */
final class ExportedAttention {
    /** Takes a score so far down that its weight is 0, and finite. */
    private static final double HIDDEN = -1e9;

    private final GraphBuilder g;
    private final MultiHeadAttention layer;

    private ExportedAttention(GraphBuilder g, MultiHeadAttention layer) {
        this.g = g;
        this.layer = layer;
    }

    static ExportedAttention of(GraphBuilder g, SelfAttention layer) {
        if (!(layer instanceof MultiHeadAttention heads)) {
            throw new OnnxExportException(
                    ("%s cannot be exported: it keeps a state for each token, which ONNX has no"
                                    + " operation for; train with softmax attention (without"
                                    + " 'model.attention: {linear: ..}')")
                            .formatted(layer.getClass().getSimpleName()));
        }
        return new ExportedAttention(g, heads);
    }

    /**
     * Keys and values.
     *
     * @param keys [batch, key heads, from, d]
     * @param values [batch, key heads, from, dv]
     */
    record Memory(String keys, String values) {}

    /** The keys and values of y [batch, from, memory] at these positions [from]. */
    Memory memory(String y, String positions) {
        String k = g.at("key", () -> ExportedLayers.linear(g, layer.key(), y));
        String v = g.at("value", () -> ExportedLayers.linear(g, layer.value(), y));
        return new Memory(
                rotated(split(k, layer.keyHeads(), keyWidth()), positions),
                split(v, layer.keyHeads(), valueWidth()));
    }

    /** These with more behind them. */
    Memory longer(Memory past, Memory more) {
        return new Memory(
                g.concat(2, List.of(past.keys, more.keys)),
                g.concat(2, List.of(past.values, more.values)));
    }

    int keyWidth() {
        return layer.key().out() / layer.keyHeads();
    }

    int valueWidth() {
        return layer.value().out() / layer.keyHeads();
    }

    int keyHeads() {
        return layer.keyHeads();
    }

    /**
     * x [batch, to, width] attends to a memory.
     *
     * @param queries positions [to]
     * @param keys positions [from]
     * @param mask of all heads
     * @param inside [batch, from]: which keys are no filling; null if all
     */
    String attend(
            String x,
            Memory memory,
            String queries,
            String keys,
            Mask mask,
            @Nullable String inside) {
        int heads = layer.heads();
        int group = heads / layer.keyHeads();
        int d = keyWidth();
        String q = g.at("query", () -> ExportedLayers.linear(g, layer.query(), x));
        String scaled =
                g.binary("Mul", rotated(split(q, heads, d), queries), g.scalar(1 / Math.sqrt(d)));
        String k = memory.keys;
        String v = memory.values;
        if (group > 1) {
            scaled = g.reshape(scaled, 0, layer.keyHeads(), group, -1, d);
            k = g.unsqueeze(k, 2);
            v = g.unsqueeze(v, 2);
        }
        String turned = group > 1 ? g.transpose(k, 0, 1, 2, 4, 3) : g.transpose(k, 0, 1, 3, 2);
        String scores = g.binary("MatMul", scaled, turned); // [batch, heads, to, from]
        HeadMasks masks = layer.pattern().and(mask);
        String seen = seen(masks, queries, keys, inside, group);
        if (seen != null) {
            scores = g.add("Where", List.of(seen, scores, g.scalar(HIDDEN)));
        }
        String weights = g.softmax(scores, -1);
        boolean sparse = !masks.equals(HeadMasks.NONE) && !masks.equals(HeadMasks.CAUSAL);
        if (seen != null && sparse) { // a query that sees nothing has weights of 0
            weights = g.add("Where", List.of(seen, weights, g.scalar(0)));
        }
        String rows = g.binary("MatMul", weights, v);
        if (group > 1) {
            rows = g.reshape(rows, 0, heads, -1, valueWidth());
        }
        String together =
                g.reshape(g.transpose(rows, 0, 2, 1, 3), 0, 0, (long) heads * valueWidth());
        return g.at("output", () -> ExportedLayers.linear(g, layer.output(), together));
    }

    private @Nullable String seen(
            HeadMasks masks, String queries, String keys, @Nullable String inside, int group) {
        String byPlace = ExportedMasks.of(g, masks, layer.heads(), queries, keys);
        if (byPlace != null && group > 1 && masks.groups() > 1) { // [key heads, group, to, from]
            String shape =
                    g.concat(
                            0,
                            List.of(
                                    g.wholes(layer.keyHeads(), group),
                                    g.slice(g.unary("Shape", byPlace), 0, 1, 3)));
            byPlace = g.binary("Reshape", byPlace, shape);
        }
        if (inside == null) {
            return byPlace;
        }
        String whole = group > 1 ? g.unsqueeze(inside, 1, 2, 3) : g.unsqueeze(inside, 1, 2);
        return byPlace == null ? whole : g.binary("And", byPlace, whole);
    }

    /** [batch, time, heads·d] to [batch, heads, time, d] */
    private String split(String x, int heads, int d) {
        return g.transpose(g.reshape(x, 0, 0, heads, d), 0, 2, 1, 3);
    }

    private String rotated(String x, String positions) {
        if (!(layer.positions() instanceof Positions.RotaryPositions(float base, boolean pairs))) {
            if (layer.positions() instanceof Positions.NoPositions
                    || layer.positions() instanceof Positions.Learned
                    || layer.positions() instanceof Positions.Sinusoidal) {
                return x;
            }
            throw OnnxExportException.unknown("encoding of positions", layer.positions());
        }
        int d = keyWidth();
        int half = d / 2;
        double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = Math.pow(base, -2.0 * i / d);
        }
        String[] waves = ExportedLayers.waves(g, positions, frequencies); // [time, half]
        List<String> parts = new ArrayList<>();
        if (pairs) {
            String split = g.reshape(x, 0, 0, -1, half, 2);
            parts.add(g.reshape(g.slice(split, 4, 0, 1), 0, 0, -1, half));
            parts.add(g.reshape(g.slice(split, 4, 1, 2), 0, 0, -1, half));
        } else {
            parts.add(g.slice(x, 3, 0, half));
            parts.add(g.slice(x, 3, half, d));
        }
        String a = parts.get(0);
        String b = parts.get(1);
        String first = g.binary("Sub", g.binary("Mul", a, waves[1]), g.binary("Mul", b, waves[0]));
        String second = g.binary("Add", g.binary("Mul", b, waves[1]), g.binary("Mul", a, waves[0]));
        return pairs
                ? g.reshape(
                        g.concat(4, List.of(g.unsqueeze(first, 4), g.unsqueeze(second, 4))),
                        0,
                        0,
                        -1,
                        d)
                : g.concat(3, List.of(first, second));
    }

    /** Whole sequences attend to themselves. */
    String itself(String x, Padded padded, Mask mask) {
        boolean causal = mask.equals(Masks.CAUSAL);
        return attend(
                x,
                memory(x, padded.positions()),
                padded.positions(),
                padded.positions(),
                mask,
                causal && layer.pattern().equals(HeadMasks.NONE) ? null : padded.inside());
    }
}
