package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.OffsetPositions;
import dev.unroll.pretrained.weights.NamedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** DistilBERT (Sanh et al. 2019): BERT without types of texts, and with names of its own. */
record DistilBert() implements Architecture {
    private static final Pattern HEADS =
            Pattern.compile(
                    "(.*\\.)?position_ids|(vocab_transform|vocab_layer_norm|vocab_projector"
                            + "|pre_classifier|classifier|qa_outputs)\\..*");
    private static final float EPSILON = 1e-12f;

    @Override
    public List<String> types() {
        return List.of("distilbert");
    }

    @Override
    public String landmark() {
        return "embeddings.word_embeddings.weight";
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
    public BertEncoder build(ModelConfig config, NamedParameters weights) {
        int width = config.count("dim");
        int heads = config.count("n_heads");
        config.requireShared("dim", width, "n_heads", heads);
        Seed places = new Seed(0);
        List<EncoderLayer> layers = new ArrayList<>();
        for (int l = 0; l < config.count("n_layers"); l++) {
            Blocks blocks =
                    new Blocks(
                            heads,
                            config.dropout("dropout", 0.1, 0).rate(),
                            config.dropout("attention_dropout", 0.1, 0).rate(),
                            false,
                            places.at("layers").at(l));
            layers.add(layer(config, weights, "transformer.layer." + l, blocks));
        }
        return new BertEncoder(
                weights.embedding("embeddings.word_embeddings", config.count("vocab_size"), width),
                new OffsetPositions(
                        weights.plain(
                                "embeddings.position_embeddings.weight",
                                config.count("max_position_embeddings"),
                                width),
                        0),
                null,
                weights.norm("embeddings.LayerNorm", width, EPSILON),
                config.dropout("dropout", 0.1, places.at("embedding").key()),
                null,
                new TransformerEncoder(layers, null));
    }

    private static EncoderLayer layer(
            ModelConfig config, NamedParameters weights, String name, Blocks blocks) {
        int width = config.count("dim");
        int inside = config.count("hidden_dim");
        String self = name + ".attention.";
        Linear query = weights.linear(self + "q_lin", width, width);
        Linear key = weights.linear(self + "k_lin", width, width);
        Linear value = weights.linear(self + "v_lin", width, width);
        return new EncoderLayer(
                blocks.attention(
                        "attention",
                        query,
                        key,
                        value,
                        weights.linear(self + "out_lin", width, width)),
                blocks.around("attention", weights.norm(name + ".sa_layer_norm", width, EPSILON)),
                Blocks.feedForward(
                        config.activation("activation", "gelu"),
                        weights.linear(name + ".ffn.lin1", width, inside),
                        weights.linear(name + ".ffn.lin2", inside, width)),
                blocks.around(
                        "feedForward", weights.norm(name + ".output_layer_norm", width, EPSILON)));
    }
}
