package dev.unroll.tasks.regression;

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
import dev.unroll.tensor.RegressionLoss;
import dev.unroll.tensor.Tensor;

/**
 * Learning the number that belongs to a text. Every part but the data and the model may be left
 * out.
 *
 * @param data the texts and their numbers
 * @param tokenizer how text becomes numbers
 * @param model the network
 * @param pooling how the rows of a text become one
 * @param loss of a prediction
 * @param training how it is taught
 */
@JsonTypeName("regress")
public record RegressionRecipe(
        RegressionData data,
        @Default("{}") TokenizerRecipe tokenizer,
        ModelRecipe model,
        @Default("attention") SequencePooling.Kind pooling,
        @Default("squared") Loss loss,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    /**
     * Checks the parts.
     *
     * @throws dev.unroll.tasks.recipe.RecipeException if the data is missing, the network is not
     *     one that reads, or the monitored metric is not of this task
     */
    public RegressionRecipe {
        Checks.given(data, "data");
        model = NetworkRole.textEncoder(model);
        training.requireMonitor(Metric.LOSS, Metric.MAE, Metric.RMSE, Metric.R2);
    }

    /**
     * Losses of a prediction. They see numbers in standard deviations of the training set's, so
     * that one learning rate suits prices and ratings.
     */
    public enum Loss {
        /** Mean squared error: the mean is learnt. */
        SQUARED,
        /** Mean absolute error: the median is learnt, which outliers do not move. */
        ABSOLUTE,
        /** Squared up to an error of a standard deviation, absolute beyond (Huber 1964). */
        HUBER;

        /** The mean over predictions and targets of one shape. */
        Tensor of(Tensor predictions, Tensor targets) {
            return switch (this) {
                case SQUARED -> RegressionLoss.meanSquaredError(predictions, targets);
                case ABSOLUTE -> RegressionLoss.meanAbsoluteError(predictions, targets);
                case HUBER -> RegressionLoss.huber(predictions, targets, 1);
            };
        }
    }
}
