package dev.unroll.tasks.frames;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.NetworkRole;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;

/**
 * Learning a label for each frame of a video. Every part but the data and the model may be left
 * out.
 *
 * @param data the data set
 * @param model the network; its width is a Transformer's alone
 * @param inputDropout share of a frame's numbers that is zeroed while learning
 * @param average frames on each side over which the probabilities of a frame are averaged in use
 * @param training how it is taught
 */
@JsonTypeName("label-frames")
public record FrameRecipe(
        FrameData data,
        NetworkRecipe model,
        @Default("0.1") double inputDropout,
        @Default("0") int average,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    public FrameRecipe {
        Checks.given(data, "data");
        model = NetworkRole.encoder(model);
        Checks.share("inputDropout", inputDropout);
        Checks.atLeast("average", 0, average);
        training.requireMonitor(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1);
    }
}
