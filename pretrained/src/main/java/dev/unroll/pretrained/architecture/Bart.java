package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerSequenceDecoder;
import dev.unroll.nn.models.TransformerSourceEncoder;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerDecoder;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.pretrained.network.HalvedSinusoids;
import dev.unroll.pretrained.network.NormedPositions;
import dev.unroll.pretrained.network.OffsetPositions;
import dev.unroll.pretrained.weights.NamedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * BART (Lewis et al. 2020), and Marian (Junczys-Dowmunt et al. 2018), which has its names: an
 * encoder and a decoder with their norms behind.
 *
 * @param types the values of {@code model_type}
 * @param sinusoids positions are computed, as in Marian; else they are learnt, and a norm is on
 *     their sum with the embeddings
 */
record Bart(List<String> types, boolean sinusoids) implements Architecture {
    /** The number of learnt rows before that of the first position. */
    private static final int ROWS_BEFORE = 2;

    private static final float EPSILON = 1e-5f;
    private static final float ROUNDING = 1e-2f; // of sines stored as bfloat16
    private static final Pattern HEADS = Pattern.compile("classification_head\\..*");

    @Override
    public String landmark() {
        return "encoder.layers.0.fc1.weight";
    }

    @Override
    public Pattern passedOver() {
        return HEADS;
    }

    @Override
    public int longest(ModelConfig config) {
        return config.count("max_position_embeddings");
    }

    @Override
    public EncoderDecoder build(ModelConfig config, NamedParameters weights) {
        config.require("normalize_before", false);
        config.require("add_final_layer_norm", false);
        config.require("tie_word_embeddings", true);
        config.require("share_encoder_decoder_embeddings", true);
        config.require("static_position_embeddings", sinusoids);
        config.require("normalize_embedding", !sinusoids);
        int width = config.count("d_model");
        int vocabulary = config.count("vocab_size");
        Embedding words = weights.embedding("shared", vocabulary, width);
        weights.requireCopy("encoder.embed_tokens.weight", words.weight());
        weights.requireCopy("decoder.embed_tokens.weight", words.weight());
        weights.requireCopy("lm_head.weight", words.weight());
        Seed places = new Seed(0);
        return new EncoderDecoder(
                new TransformerSourceEncoder(
                        embedding(config, weights, words, "encoder", places),
                        new TransformerEncoder(encoder(config, weights, places), null)),
                new TransformerSequenceDecoder(
                        embedding(config, weights, words, "decoder", places),
                        new TransformerDecoder(decoder(config, weights, places), null),
                        new Output(words.weight(), weights.row("final_logits_bias", vocabulary))));
    }

    private TokenEmbedding embedding(
            ModelConfig config,
            NamedParameters weights,
            Embedding words,
            String side,
            Seed places) {
        int longest = longest(config);
        Positions positions =
                sinusoids
                        ? sines(weights, side, words.width(), longest)
                        : learnt(weights, side, words.width(), longest);
        float scale = config.flag("scale_embedding", false) ? (float) Math.sqrt(words.width()) : 1;
        Dropout dropout = config.dropout("dropout", 0.1, places.at(side).key());
        return new TokenEmbedding(words, positions, scale, dropout);
    }

    private static Positions sines(NamedParameters weights, String side, int width, int longest) {
        HalvedSinusoids positions = new HalvedSinusoids(width, longest);
        String stored = side + ".embed_positions.weight";
        if (weights.has(stored)) {
            float[] table = positions.table(IntStream.range(0, longest).toArray());
            weights.requireClose(stored, table, ROUNDING);
        }
        return positions;
    }

    private static Positions learnt(NamedParameters weights, String side, int width, int longest) {
        return new NormedPositions(
                new OffsetPositions(
                        weights.plain(
                                side + ".embed_positions.weight", longest + ROWS_BEFORE, width),
                        ROWS_BEFORE),
                weights.norm(side + ".layernorm_embedding", width, EPSILON));
    }

    private static List<EncoderLayer> encoder(
            ModelConfig config, NamedParameters weights, Seed places) {
        List<EncoderLayer> layers = new ArrayList<>();
        for (int l = 0; l < config.count("encoder_layers"); l++) {
            Side side = Side.of(config, weights, "encoder", places, l);
            layers.add(
                    new EncoderLayer(
                            side.attention("self_attn"),
                            side.blocks.around("attention", side.norm("self_attn_layer_norm")),
                            side.feedForward(),
                            side.blocks.around("feedForward", side.norm("final_layer_norm"))));
        }
        return layers;
    }

    private static List<DecoderLayer> decoder(
            ModelConfig config, NamedParameters weights, Seed places) {
        List<DecoderLayer> layers = new ArrayList<>();
        for (int l = 0; l < config.count("decoder_layers"); l++) {
            Side side = Side.of(config, weights, "decoder", places, l);
            layers.add(
                    new DecoderLayer(
                            side.attention("self_attn"),
                            side.blocks.around("attention", side.norm("self_attn_layer_norm")),
                            side.attention("encoder_attn"),
                            side.blocks.around("cross", side.norm("encoder_attn_layer_norm")),
                            side.feedForward(),
                            side.blocks.around("feedForward", side.norm("final_layer_norm"))));
        }
        return layers;
    }

    /** The arrays of a layer of the encoder or the decoder. */
    private record Side(
            NamedParameters weights,
            String name,
            Blocks blocks,
            int width,
            int inside,
            FeedForward.Kind kind) {

        static Side of(
                ModelConfig config, NamedParameters weights, String side, Seed places, int layer) {
            int width = config.count("d_model");
            int heads = config.count(side + "_attention_heads");
            config.requireShared("d_model", width, side + "_attention_heads", heads);
            return new Side(
                    weights,
                    "%s.layers.%d.".formatted(side, layer),
                    new Blocks(
                            heads,
                            config.dropout("dropout", 0.1, 0).rate(),
                            config.dropout("attention_dropout", 0, 0).rate(),
                            false,
                            places.at(side).at(layer)),
                    width,
                    config.count(side + "_ffn_dim"),
                    config.activation("activation_function", "gelu"));
        }

        MultiHeadAttention attention(String part) {
            String self = name + part;
            return blocks.attention(
                    part,
                    weights.linear(self + ".q_proj", width, width),
                    weights.linear(self + ".k_proj", width, width),
                    weights.linear(self + ".v_proj", width, width),
                    weights.linear(self + ".out_proj", width, width));
        }

        FeedForward feedForward() {
            return Blocks.feedForward(
                    kind,
                    weights.linear(name + "fc1", width, inside),
                    weights.linear(name + "fc2", inside, width));
        }

        LayerNorm norm(String part) {
            return weights.norm(name + part, width, EPSILON);
        }
    }
}
