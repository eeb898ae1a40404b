package dev.unroll.tasks.classification;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

/**
 * Learning to say which class a text is of. Every part but the data and the model may be left out.
 *
 * @param data the data set
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param pooling how the rows of a text become one
 * @param training how it is taught
 */
@JsonTypeName("classify")
public record ClassificationRecipe(
        ClassificationData data,
        @Default("{}") TokenizerRecipe tokenizer,
        ModelRecipe model,
        @Default("attention") SequencePooling.Kind pooling,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    public ClassificationRecipe {
        Checks.given(data, "data");
        model = NetworkRole.textEncoder(model);
        training.requireMonitor(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
