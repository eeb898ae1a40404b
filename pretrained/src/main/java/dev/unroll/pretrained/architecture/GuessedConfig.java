package dev.unroll.pretrained.architecture;

import dev.unroll.pretrained.weights.NamedWeights;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of an encoder of BERT's shape whose file comes without a {@code config.json}, as far
 * as its arrays tell them.
 */
public final class GuessedConfig {
    private static final String WORDS = "embeddings.word_embeddings.weight";
    private static final String POSITIONS = "embeddings.position_embeddings.weight";
    private static final String TYPES = "embeddings.token_type_embeddings.weight";
    private static final String INSIDE = "encoder.layer.0.intermediate.dense.bias";

    /** Numbers that a head has, but in MiniLM and TinyBERT, which have 12 heads of fewer. */
    private static final int HEAD = 64;

    private static final int MINI_HEADS = 12;

    private GuessedConfig() {}

    /**
     * The settings of a BERT.
     *
     * @param weights its arrays
     * @param from where they are, for messages
     * @return the settings; the number of heads, which no array shows, is the file's own where it
     *     says it, else 12 for the widths 312 and 384, as in MiniLM and its kin, else one for each
     *     64 numbers
     * @throws PretrainedException if the arrays are not those of a BERT
     */
    public static ModelConfig of(NamedWeights weights, String from) {
        Map<String, int[]> shapes = weights.shapes();
        String words =
                shapes.keySet().stream()
                        .filter(name -> name.endsWith(WORDS))
                        .findFirst()
                        .orElseThrow(() -> unknown(from, WORDS));
        String prefix = words.substring(0, words.length() - WORDS.length());
        int[] embedding = shape(shapes, words, 2, from);
        int width = embedding[1];
        int layers = 0;
        while (shapes.containsKey(prefix + "encoder.layer." + layers + ".output.dense.bias")) {
            layers++;
        }
        int types = shape(shapes, prefix + TYPES, 2, from)[0];
        if (types == 1) {
            throw new PretrainedException(
                    ("%s comes without a config.json, and tells no second text from a first, as"
                                    + " RoBERTa, whose positions are counted in another way than BERT's."
                                    + " Put the model's config.json beside it")
                            .formatted(from));
        }
        int heads = width == 312 || width == 384 ? MINI_HEADS : Math.max(1, width / HEAD);
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("model_type", "bert");
        json.put("hidden_act", "gelu");
        json.put("vocab_size", embedding[0]);
        json.put("hidden_size", width);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("intermediate_size", shape(shapes, prefix + INSIDE, 1, from)[0]);
        json.put("max_position_embeddings", shape(shapes, prefix + POSITIONS, 2, from)[0]);
        json.put("type_vocab_size", types);
        json.put("layer_norm_eps", 1e-12);
        json.put("hidden_dropout_prob", 0.1);
        weights.settings()
                .forEach(
                        (key, value) -> {
                            if (value.matches("\\d{1,9}")) {
                                json.put(key, Integer.parseInt(value));
                            } else if (value.matches("[-+.\\dE]{1,30}")) {
                                json.put(key, Double.parseDouble(value));
                            } else {
                                json.put(key, value);
                            }
                        });
        return new ModelConfig(json, from);
    }

    private static int[] shape(Map<String, int[]> shapes, String name, int rank, String from) {
        int[] shape = shapes.get(name);
        if (shape == null || shape.length != rank) {
            throw unknown(from, name);
        }
        return shape;
    }

    private static PretrainedException unknown(String from, String name) {
        return new PretrainedException(
                ("%s comes without a config.json, and is not a BERT by its arrays: there is no '%s'."
                                + " Put the model's config.json beside it")
                        .formatted(from, name));
    }
}
