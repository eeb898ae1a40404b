package dev.unroll.tasks.conformance;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.Sublayer;
import dev.unroll.nn.transformer.TransformerDecoder;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts a Transformer together from the arrays of a CTranslate2 model: weights are [out, in];
 * self-attention has queries, keys and values one below another in {@code linear_0}, attention
 * across has the queries in {@code linear_0} and keys and values in {@code linear_1}.
 */
final class ArenTransformer {
    private static final int WIDTH = 32;
    private static final int HEADS = 8;
    private static final int LAYERS = 6;

    private static final Positions NOWHERE = new Positions.NoPositions();
    private static final Dropout NO_DROPOUT = new Dropout(0, 0);

    private final Map<String, Safetensors.Array> arrays;
    private final Set<String> unused;

    private ArenTransformer(Map<String, Safetensors.Array> arrays) {
        this.arrays = arrays;
        this.unused = new TreeSet<>(arrays.keySet());
    }

    /** The model; every array must have found its place. */
    static EncoderDecoder of(Map<String, Safetensors.Array> arrays) {
        ArenTransformer parts = new ArenTransformer(arrays);
        EncoderDecoder model = parts.model();
        if (!parts.unused.isEmpty()) {
            throw new IllegalArgumentException("arrays without a place: " + parts.unused);
        }
        return model;
    }

    private EncoderDecoder model() {
        List<EncoderLayer> below = new ArrayList<>();
        List<DecoderLayer> above = new ArrayList<>();
        for (int l = 0; l < LAYERS; l++) {
            String encoder = "encoder/layer_" + l;
            String decoder = "decoder/layer_" + l;
            below.add(
                    new EncoderLayer(
                            selfAttention(encoder + "/self_attention"),
                            sublayer(encoder + "/self_attention"),
                            feedForward(encoder + "/ffn"),
                            sublayer(encoder + "/ffn")));
            above.add(
                    new DecoderLayer(
                            selfAttention(decoder + "/self_attention"),
                            sublayer(decoder + "/self_attention"),
                            crossAttention(decoder + "/attention"),
                            sublayer(decoder + "/attention"),
                            feedForward(decoder + "/ffn"),
                            sublayer(decoder + "/ffn")));
        }
        return new EncoderDecoder(
                new TransformerSourceEncoder(
                        embedding("encoder"), new TransformerEncoder(below, norm("encoder"))),
                new TransformerSequenceDecoder(
                        embedding("decoder"),
                        new TransformerDecoder(above, norm("decoder")),
                        new Output(
                                plain("decoder/projection/weight"),
                                plain("decoder/projection/bias"))));
    }

    private TokenEmbedding embedding(String name) {
        return TokenEmbedding.of(
                new Embedding(plain(name + "/embeddings/weight")),
                new Positions.Sinusoidal(WIDTH, false, 1),
                NO_DROPOUT);
    }

    private MultiHeadAttention selfAttention(String name) {
        String all = name + "/linear_0";
        return attention(
                part(all, 0, 3), part(all, 1, 3), part(all, 2, 3), part(name + "/linear_1", 0, 1));
    }

    private MultiHeadAttention crossAttention(String name) {
        String both = name + "/linear_1";
        return attention(
                part(name + "/linear_0", 0, 1),
                part(both, 0, 2),
                part(both, 1, 2),
                part(name + "/linear_2", 0, 1));
    }

    private static MultiHeadAttention attention(Linear q, Linear k, Linear v, Linear o) {
        return new MultiHeadAttention(q, k, v, o, HEADS, HEADS, NOWHERE);
    }

    private FeedForward feedForward(String name) {
        return new FeedForward.Plain(
                FeedForward.Kind.RELU,
                part(name + "/linear_0", 0, 1),
                part(name + "/linear_1", 0, 1),
                NO_DROPOUT);
    }

    private Sublayer sublayer(String name) {
        return new Sublayer(true, norm(name), NO_DROPOUT);
    }

    private LayerNorm norm(String name) {
        return new LayerNorm(
                plain(name + "/layer_norm/gamma"), plain(name + "/layer_norm/beta"), 1e-5f);
    }

    /** The i-th of several layers that lie one below another. */
    private Linear part(String name, int i, int of) {
        Tensor weight = tensor(name + "/weight"); // [of·out, in]
        Tensor bias = tensor(name + "/bias"); // [of·out]
        int out = bias.dim(0) / of;
        return new Linear(
                parameter(weight.slice(0, i * out, (i + 1) * out).transpose()),
                parameter(bias.slice(0, i * out, (i + 1) * out)));
    }

    private Parameter plain(String name) {
        return parameter(tensor(name));
    }

    private Tensor tensor(String name) {
        Safetensors.Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array is called " + name);
        }
        unused.remove(name);
        return Tensor.of(array.values(), array.shape());
    }

    private static Parameter parameter(Tensor x) {
        return Parameter.of(x.toArray(), x.shape().dims());
    }
}
