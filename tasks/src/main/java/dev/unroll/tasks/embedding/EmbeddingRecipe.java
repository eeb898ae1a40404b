package dev.unroll.tasks.embedding;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

/**
 * Learning vectors of texts by pairs that belong together (Reimers and Gurevych 2019). Every part
 * but the data and the model may be left out.
 *
 * @param data the pairs
 * @param model the pretrained encoder that is trained on
 * @param temperature by which the cosines are divided before the softmax, above 0: the lower it is,
 *     the more the nearest wrong texts count
 * @param training how it is taught
 */
@JsonTypeName("embed")
public record EmbeddingRecipe(
        EmbeddingData data,
        ModelRecipe model,
        @Default("0.05") double temperature,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    /**
     * Checks the parts.
     *
     * @throws RecipeException if the data is missing, the model is none that was trained before,
     *     the temperature is not above 0, or the monitored metric is not of this task
     */
    public EmbeddingRecipe {
        Checks.given(data, "data");
        if (!(Checks.given(model, "model") instanceof PretrainedRecipe)) {
            throw new RecipeException(
                    "'model': this task trains an encoder on that was trained before; name its"
                            + " folder in 'model.pretrained', and leave 'model.kind' out");
        }
        Checks.positive("temperature", temperature);
        if (training.labelSmoothing() > 0) {
            throw new RecipeException(
                    "'training.labelSmoothing' is for classes, and this task has none; leave it out");
        }
        training.requireMonitor(
                Metric.LOSS,
                Metric.RECALL_AT_1,
                Metric.RECALL_AT_5,
                Metric.RECALL_AT_10,
                Metric.MRR);
    }

    /** {@return the encoder that is trained on} */
    PretrainedRecipe encoder() {
        return (PretrainedRecipe) model;
    }
}
