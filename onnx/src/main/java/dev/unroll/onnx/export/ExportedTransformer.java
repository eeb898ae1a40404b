package dev.unroll.onnx.export;

import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.Sublayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Layers of attention and feed-forward parts, with their residual connections and norms. */
final class ExportedTransformer {
    private ExportedTransformer() {}

    static String around(GraphBuilder g, Sublayer sublayer, String x, UnaryOperator<String> f) {
        String in = sublayer.preNorm() ? ExportedLayers.norm(g, sublayer.norm(), x) : x;
        String sum = g.binary("Add", x, f.apply(in));
        return sublayer.preNorm() ? sum : ExportedLayers.norm(g, sublayer.norm(), sum);
    }

    static String normed(GraphBuilder g, @Nullable Norm norm, String x) {
        return norm == null ? x : ExportedLayers.norm(g, norm, x);
    }

    /** Whole sequences, x [batch, time, width]. */
    static String read(
            GraphBuilder g, TransformerEncoder encoder, String x, Padded padded, Mask mask) {
        String y = x;
        for (int l = 0; l < encoder.layers().size(); l++) {
            EncoderLayer layer = encoder.layers().get(l);
            String in = y;
            y =
                    g.at(
                            "layer." + l,
                            () -> {
                                String a =
                                        around(
                                                g,
                                                layer.attentionSublayer(),
                                                in,
                                                z ->
                                                        g.at(
                                                                "attention",
                                                                () ->
                                                                        ExportedAttention.of(
                                                                                        g,
                                                                                        layer
                                                                                                .attention())
                                                                                .itself(
                                                                                        z, padded,
                                                                                        mask)));
                                return feedForward(
                                        g, layer.feedForwardSublayer(), layer.feedForward(), a);
                            });
        }
        return normed(g, encoder.norm(), y);
    }

    static String feedForward(GraphBuilder g, Sublayer sublayer, FeedForward part, String x) {
        return around(
                g,
                sublayer,
                x,
                z -> g.at("feedForward", () -> ExportedLayers.feedForward(g, part, z)));
    }

    /**
     * Places of tokens that follow a past.
     *
     * @param queries positions of the tokens, [time]
     * @param keys positions of the past and of the tokens, [past + time]
     */
    record Places(String queries, String keys) {

        /** Tokens [batch, time] behind as many as a cache [batch, heads, past, d] has. */
        static Places behind(GraphBuilder g, String tokens, String cache) {
            String past = g.size(cache, 2);
            String end = g.binary("Add", past, g.size(tokens, 1));
            return new Places(g.range(past, end), g.range(g.whole(0), end));
        }
    }

    /**
     * The result of a step.
     *
     * @param rows [batch, time, width]
     * @param own keys and values of each layer, the new ones behind
     */
    record Step(String rows, List<ExportedAttention.Memory> own) {}

    /** Causal layers on tokens that follow a past. */
    static Step step(
            GraphBuilder g,
            TransformerEncoder encoder,
            String x,
            Places places,
            List<ExportedAttention.Memory> past) {
        String y = x;
        List<ExportedAttention.Memory> own = new ArrayList<>();
        for (int l = 0; l < encoder.layers().size(); l++) {
            EncoderLayer layer = encoder.layers().get(l);
            ExportedAttention.Memory before = past.get(l);
            String in = y;
            y =
                    g.at(
                            "layer." + l,
                            () -> {
                                String a =
                                        around(
                                                g,
                                                layer.attentionSublayer(),
                                                in,
                                                z ->
                                                        attend(
                                                                g,
                                                                ExportedAttention.of(
                                                                        g, layer.attention()),
                                                                z,
                                                                places,
                                                                before,
                                                                own));
                                return feedForward(
                                        g, layer.feedForwardSublayer(), layer.feedForward(), a);
                            });
        }
        return new Step(normed(g, encoder.norm(), y), own);
    }

    private static String attend(
            GraphBuilder g,
            ExportedAttention attention,
            String x,
            Places places,
            ExportedAttention.@Nullable Memory before,
            List<ExportedAttention.Memory> own) {
        return g.at(
                "attention",
                () -> {
                    ExportedAttention.Memory now = attention.memory(x, places.queries);
                    ExportedAttention.Memory all =
                            before == null ? now : attention.longer(before, now);
                    own.add(all);
                    return attention.attend(
                            x, all, places.queries, places.keys, Masks.CAUSAL, null);
                });
    }

    /**
     * A decoder's layer on tokens that may follow a past.
     *
     * @param before keys and values of the past; null if there is none
     * @param across keys and values of what was read
     * @param read positions of what was read, [from]
     * @param inside [batch, from]: what was read and is no filling; null if all
     * @param own the keys and values, the new ones behind, are added here
     */
    static String step(
            GraphBuilder g,
            DecoderLayer layer,
            String x,
            Places places,
            ExportedAttention.@Nullable Memory before,
            ExportedAttention.Memory across,
            String read,
            @Nullable String inside,
            List<ExportedAttention.Memory> own) {
        String a =
                around(
                        g,
                        layer.attentionSublayer(),
                        x,
                        z ->
                                attend(
                                        g,
                                        ExportedAttention.of(g, layer.attention()),
                                        z,
                                        places,
                                        before,
                                        own));
        String b =
                around(
                        g,
                        layer.crossSublayer(),
                        a,
                        z ->
                                g.at(
                                        "cross",
                                        () ->
                                                ExportedAttention.of(g, layer.cross())
                                                        .attend(
                                                                z,
                                                                across,
                                                                places.queries,
                                                                read,
                                                                Masks.NONE,
                                                                inside)));
        return feedForward(g, layer.feedForwardSublayer(), layer.feedForward(), b);
    }
}
