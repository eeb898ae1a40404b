package dev.unroll.tasks.pairs;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import dev.unroll.tasks.regression.RegressionRecipe;

/**
 * Learning to say of two texts, read together, which class they are of or what value they have.
 * Every part but the data and the model may be left out.
 *
 * @param data the pairs
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param pooling how the rows of a pair become one
 * @param loss of a predicted value; of classes it is the cross-entropy
 * @param training how it is taught
 */
@JsonTypeName("pairs")
public record PairRecipe(
        PairData data,
        @Default("{}") TokenizerRecipe tokenizer,
        ModelRecipe model,
        @Default("attention") SequencePooling.Kind pooling,
        @Default("squared") RegressionRecipe.Loss loss,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    /**
     * Checks the parts.
     *
     * @throws RecipeException if the data is missing, the network is not one that reads, or the
     *     monitored metric is not one of what is learnt
     */
    public PairRecipe {
        Checks.given(data, "data");
        model = NetworkRole.textEncoder(model);
        if (data.files().haveValues()) {
            if (!data.own()) {
                throw new RecipeException(
                        "'data.target' is a column of your own file, and the set '%s' has classes;"
                                        .formatted(data.set())
                                + " leave it out");
            }
            training.requireMonitor(Metric.LOSS, Metric.MAE, Metric.RMSE, Metric.R2);
        } else {
            if (loss != RegressionRecipe.Loss.SQUARED) {
                throw new RecipeException(
                        "'loss' is that of values, and classes are learnt by cross-entropy; leave it"
                                + " out, or name the column of the value in 'data.target'");
            }
            training.requireMonitor(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
        }
    }

    /** {@return whether values are learnt, and not classes} */
    boolean learnsValues() {
        return data.files().haveValues();
    }
}
