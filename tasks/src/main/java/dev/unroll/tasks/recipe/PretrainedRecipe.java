package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that was trained before, such as all-MiniLM-L6-v2, and is trained on for a task
 * (fine-tuning). Its tokenizer comes with it, so a recipe's {@code tokenizer} is not used.
 *
 * @param pretrained the folder of the model: one that {@code unroll import} wrote, one with Hugging
 *     Face's config.json, model.safetensors and tokenizer, or that of a run which was fine-tuned.
 *     The folder is read when the training begins and not again: the run keeps its own copy of the
 *     settings, the tokenizer and the weights
 * @param frozen the embeddings and so many of the lowest layers stay as they are; 0 for nothing
 * @param layerRate the learning rate of each layer is that of the layer above it times this (Howard
 *     and Ruder 2018, section 3.2), above 0 to 1; what is new for the task has the recipe's rate,
 *     and so has the highest layer
 * @param encoderRate the learning rate of the pretrained layers is the recipe's times this
 * @param lora low-rank adapters are trained in place of the layers' weights; none if left out
 * @param dropout in the encoder's layers and on what comes out
 * @param attentionDropout on the attention weights of the encoder's layers
 */
@JsonIgnoreProperties(value = "kind", allowGetters = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PretrainedRecipe(
        @Location String pretrained,
        @Default("0") int frozen,
        @Default("1") double layerRate,
        @Default("1") double encoderRate,
        @Nullable LowRank lora,
        @Default("0.1") double dropout,
        @Default("0") double attentionDropout)
        implements ModelRecipe {
    static final String PRETRAINED = "pretrained";

    public PretrainedRecipe {
        Checks.given(pretrained, "model.pretrained");
        Checks.atLeast("model.frozen", 0, frozen);
        rate("model.layerRate", layerRate);
        rate("model.encoderRate", encoderRate);
        Checks.share("model.dropout", dropout);
        Checks.share("model.attentionDropout", attentionDropout);
        if (lora != null && frozen > 0) {
            throw new RecipeException(
                    "'model.frozen' and 'model.lora': where adapters are trained, all of the encoder"
                            + " is frozen; leave model.frozen out");
        }
    }

    private static void rate(String key, double value) {
        Checks.positive(key, value);
        if (value > 1) {
            throw new RecipeException(
                    "'%s' is above 0 and at most 1, not %s".formatted(key, value));
        }
    }

    @Override
    public String kind() {
        return PRETRAINED;
    }

    /**
     * Low-rank adapters (Hu et al. 2021): the encoder is frozen, and a product of two narrow
     * matrices is trained beside each weight matrix that is adapted.
     *
     * @param rank of the product
     * @param alpha the product is scaled by alpha/rank
     * @param layers which of a layer's matrices are adapted: {@code query}, {@code key}, {@code
     *     value} and {@code output} of attention, {@code in} and {@code out} of the feed-forward
     *     part
     */
    public record LowRank(
            @Default("8") int rank,
            @Default("16") double alpha,
            @Default("[query, value]") List<Matrix> layers) {
        public LowRank {
            Checks.atLeast("model.lora.rank", 1, rank);
            Checks.positive("model.lora.alpha", alpha);
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new RecipeException(
                        "'model.lora.layers' is empty; name what is adapted, such as [query, value]");
            }
        }
    }

    /** A weight matrix of an encoder's layer. */
    public enum Matrix {
        /** of attention's queries */
        QUERY("attention.query"),
        /** of attention's keys */
        KEY("attention.key"),
        /** of attention's values */
        VALUE("attention.value"),
        /** behind attention's heads */
        OUTPUT("attention.output"),
        /** into the feed-forward part */
        IN("feedForward.in"),
        /** out of the feed-forward part */
        OUT("feedForward.out");

        private final String part;

        Matrix(String part) {
            this.part = part;
        }

        /** {@return whether a linear layer of this name within a model is such a matrix} */
        public boolean names(String layer) {
            return layer.endsWith("." + part);
        }
    }
}
