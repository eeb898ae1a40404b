package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Embedding;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Output;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.layers.TokenEmbedding;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.pretrained.weights.NamedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** GPT-2 (Radford et al. 2019): causal layers with their norms in front. */
record Gpt2() implements Architecture {
    /** Causal masks are stored as numbers in older files. */
    private static final Pattern MASKS =
            Pattern.compile("h\\.\\d+\\.attn\\.(bias|masked_bias)|score\\..*");

    @Override
    public List<String> types() {
        return List.of("gpt2");
    }

    @Override
    public String landmark() {
        return "wte.weight";
    }

    @Override
    public Pattern passedOver() {
        return MASKS;
    }

    @Override
    public int longest(ModelConfig config) {
        return config.count("n_positions");
    }

    @Override
    public TransformerLanguageModel build(ModelConfig config, NamedParameters weights) {
        config.require("add_cross_attention", false);
        config.require("scale_attn_weights", true);
        config.require("scale_attn_by_inverse_layer_idx", false);
        config.require("tie_word_embeddings", true);
        int width = config.count("n_embd");
        int heads = config.count("n_head");
        config.requireShared("n_embd", width, "n_head", heads);
        int longest = longest(config);
        float epsilon = config.epsilon("layer_norm_epsilon", 1e-5);
        Seed places = new Seed(0);
        List<EncoderLayer> layers = new ArrayList<>();
        for (int l = 0; l < config.count("n_layer"); l++) {
            Blocks blocks =
                    new Blocks(
                            heads,
                            config.dropout("resid_pdrop", 0.1, 0).rate(),
                            config.dropout("attn_pdrop", 0.1, 0).rate(),
                            true,
                            places.at("layers").at(l));
            layers.add(layer(config, weights, "h." + l, blocks, epsilon));
        }
        Embedding words = weights.embedding("wte", config.count("vocab_size"), width);
        weights.requireCopy("lm_head.weight", words.weight());
        return new TransformerLanguageModel(
                new TokenEmbedding(
                        words,
                        new Positions.Learned(weights.plain("wpe.weight", longest, width)),
                        1,
                        config.dropout("embd_pdrop", 0.1, places.at("embedding").key())),
                new TransformerEncoder(layers, weights.norm("ln_f", width, epsilon)),
                longest,
                Output.tied(words));
    }

    private static EncoderLayer layer(
            ModelConfig config,
            NamedParameters weights,
            String name,
            Blocks blocks,
            float epsilon) {
        int width = config.count("n_embd");
        int inside = config.count("n_inner", 4 * width);
        List<Linear> all = weights.sideBySide(name + ".attn.c_attn", width, width, width, width);
        Linear output = weights.sideBySide(name + ".attn.c_proj", width, width).getFirst();
        return new EncoderLayer(
                blocks.attention("attention", all.get(0), all.get(1), all.get(2), output),
                blocks.around("attention", weights.norm(name + ".ln_1", width, epsilon)),
                Blocks.feedForward(
                        config.activation("activation_function", "gelu_new"),
                        weights.sideBySide(name + ".mlp.c_fc", width, inside).getFirst(),
                        weights.sideBySide(name + ".mlp.c_proj", inside, width).getFirst()),
                blocks.around("feedForward", weights.norm(name + ".ln_2", width, epsilon)));
    }
}
