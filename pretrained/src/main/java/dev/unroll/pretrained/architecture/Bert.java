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

/**
 * BERT (Devlin et al. 2019) and those that have its names: MiniLM (Wang et al. 2020), RoBERTa (Liu
 * et al. 2019), XLM-R (Conneau et al. 2020) and ELECTRA (Clark et al. 2020).
 *
 * @param types the values of {@code model_type}
 * @param afterPadding whether positions are counted from the number behind the padding token's, as
 *     in RoBERTa
 */
record Bert(List<String> types, boolean afterPadding) implements Architecture {
    private static final Pattern HEADS =
            Pattern.compile(
                    "(.*\\.)?position_ids|(pooler|cls|lm_head|classifier|qa_outputs|score"
                            + "|generator_predictions|generator_lm_head|discriminator_predictions"
                            + "|sequence_summary)\\..*");

    @Override
    public String landmark() {
        return "embeddings.word_embeddings.weight";
    }

    @Override
    public Pattern passedOver() {
        return HEADS;
    }

    /** The row of the first position. */
    private int first(ModelConfig config) {
        int first = afterPadding ? config.token("pad_token_id", 1) + 1 : 0;
        int rows = config.count("max_position_embeddings");
        if (first >= rows) {
            throw new PretrainedException(
                    ("%s: pad_token_id is %d, behind which positions are counted, and"
                                    + " max_position_embeddings, %,d, leaves none")
                            .formatted(config.from(), first - 1, rows));
        }
        return first;
    }

    @Override
    public int longest(ModelConfig config) {
        return config.count("max_position_embeddings") - first(config);
    }

    @Override
    public BertEncoder build(ModelConfig config, NamedParameters weights) {
        config.require("position_embedding_type", List.of("absolute"));
        config.require("is_decoder", false);
        config.require("add_cross_attention", false);
        int width = config.count("hidden_size");
        int narrow = config.count("embedding_size", width);
        int heads = config.count("num_attention_heads");
        config.requireShared("hidden_size", width, "num_attention_heads", heads);
        float epsilon = config.epsilon("layer_norm_eps", 1e-12);
        Seed places = new Seed(0);
        List<EncoderLayer> layers = new ArrayList<>();
        for (int l = 0; l < config.count("num_hidden_layers"); l++) {
            Blocks blocks =
                    new Blocks(
                            heads,
                            config.dropout("hidden_dropout_prob", 0.1, 0).rate(),
                            config.dropout("attention_probs_dropout_prob", 0.1, 0).rate(),
                            false,
                            places.at("layers").at(l));
            layers.add(layer(config, weights, "encoder.layer." + l, blocks, epsilon));
        }
        return new BertEncoder(
                weights.embedding("embeddings.word_embeddings", config.count("vocab_size"), narrow),
                new OffsetPositions(
                        weights.plain(
                                "embeddings.position_embeddings.weight",
                                config.count("max_position_embeddings"),
                                narrow),
                        first(config)),
                weights.embedding(
                        "embeddings.token_type_embeddings",
                        config.count("type_vocab_size", 2),
                        narrow),
                weights.norm("embeddings.LayerNorm", narrow, epsilon),
                config.dropout("hidden_dropout_prob", 0.1, places.at("embedding").key()),
                narrow == width ? null : weights.linear("embeddings_project", narrow, width),
                new TransformerEncoder(layers, null));
    }

    private static EncoderLayer layer(
            ModelConfig config,
            NamedParameters weights,
            String name,
            Blocks blocks,
            float epsilon) {
        int width = config.count("hidden_size");
        int inside = config.count("intermediate_size");
        String self = name + ".attention.self.";
        Linear query = weights.linear(self + "query", width, width);
        Linear key = weights.linear(self + "key", width, width);
        Linear value = weights.linear(self + "value", width, width);
        String after = name + ".attention.output.";
        return new EncoderLayer(
                blocks.attention(
                        "attention",
                        query,
                        key,
                        value,
                        weights.linear(after + "dense", width, width)),
                blocks.around("attention", weights.norm(after + "LayerNorm", width, epsilon)),
                Blocks.feedForward(
                        config.activation("hidden_act", "gelu"),
                        weights.linear(name + ".intermediate.dense", width, inside),
                        weights.linear(name + ".output.dense", inside, width)),
                blocks.around(
                        "feedForward", weights.norm(name + ".output.LayerNorm", width, epsilon)));
    }
}
