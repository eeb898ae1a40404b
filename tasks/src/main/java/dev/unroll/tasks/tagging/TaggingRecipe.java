package dev.unroll.tasks.tagging;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

/**
 * Learning to tag words. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param words how words become numbers
 * @param model the network that reads the words
 * @param training how it is taught
 */
@JsonTypeName("tag")
public record TaggingRecipe(
        TaggingData data,
        @Default("{}") WordsRecipe words,
        ModelRecipe model,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    public TaggingRecipe {
        Checks.given(data, "data");
        model = NetworkRole.textEncoder(model);
        training.requireMonitor(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
