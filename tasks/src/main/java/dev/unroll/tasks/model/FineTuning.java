package dev.unroll.tasks.model;

import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tensor.Parameter;
import java.util.IdentityHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a pretrained encoder is trained, and how fast. */
public final class FineTuning {
    /** The layer that a parameter belongs to, by its name within a model. */
    private static final Pattern LAYER =
            Pattern.compile("(?:^|.*\\.)layers\\.layers\\.(\\d+)\\..*");

    private FineTuning() {}

    /**
     * The encoder with the dropout of a recipe, frozen as far as it says, or with adapters.
     *
     * @param seed of the adapters
     */
    static BertEncoder prepared(BertEncoder encoder, PretrainedRecipe recipe, Seed seed) {
        int layers = encoder.layers().layers().size();
        if (recipe.frozen() > layers) {
            throw new RecipeException(
                    "'model.frozen' is %d, and the model has %d layers"
                            .formatted(recipe.frozen(), layers));
        }
        BertEncoder own =
                Parameters.replace(
                        encoder,
                        Dropout.class,
                        (name, dropout) -> Dropout.of(recipe.dropout(), seed.at(name)));
        own =
                Parameters.replace(
                        own,
                        MultiHeadAttention.class,
                        (name, attention) ->
                                attention.dropout(
                                        Dropout.of(recipe.attentionDropout(), seed.at(name))));
        PretrainedRecipe.LowRank lora = recipe.lora();
        if (lora != null) {
            Predicate<String> adapted =
                    name -> lora.layers().stream().anyMatch(matrix -> matrix.names(name));
            return LowRankAdapter.adapt(own, adapted, lora.rank(), lora.alpha(), seed.at("lora"));
        }
        return recipe.frozen() == 0 ? own : frozen(own, recipe.frozen());
    }

    private static BertEncoder frozen(BertEncoder encoder, int lowest) {
        IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();
        Parameters.of(encoder).forEach((name, parameter) -> names.put(parameter, name));
        return Parameters.map(
                encoder,
                parameter ->
                        layer(names.getOrDefault(parameter, "")) < lowest
                                ? parameter.frozen()
                                : parameter);
    }

    /** The number of a parameter's layer, from 0; -1 of embeddings. */
    private static int layer(String name) {
        Matcher matcher = LAYER.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** The learning rates of a network's parameters beside the recipe's. */
    public static final class Rates {
        private final ModelRecipe recipe;
        private final Predicate<String> encoder;
        private final int layers;

        private Rates(ModelRecipe recipe, Predicate<String> encoder, int layers) {
            this.recipe = recipe;
            this.encoder = encoder;
            this.layers = layers;
        }

        /**
         * The rates of a task's network.
         *
         * @param recipe of its model
         * @param model the network
         * @param encoder whether a parameter of a name within it is the encoder's
         */
        public static Rates of(ModelRecipe recipe, Object model, Predicate<String> encoder) {
            int layers =
                    1
                            + Parameters.of(model).keySet().stream()
                                    .filter(encoder)
                                    .mapToInt(FineTuning::layer)
                                    .max()
                                    .orElse(-1);
            return new Rates(recipe, encoder, layers);
        }

        /**
         * The factor of a parameter's learning rate: 1 for what is new and for adapters, less for
         * the encoder, and less from layer to layer downwards, as the recipe says.
         */
        public double of(String parameter) {
            if (!(recipe instanceof PretrainedRecipe pretrained)
                    || !encoder.test(parameter)
                    || parameter.contains(".adapter.")) {
                return 1;
            }
            return pretrained.encoderRate()
                    * Math.pow(pretrained.layerRate(), layers - 1 - layer(parameter));
        }
    }
}
