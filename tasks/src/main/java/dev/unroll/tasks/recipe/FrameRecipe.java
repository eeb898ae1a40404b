package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import org.jspecify.annotations.Nullable;

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
        double inputDropout,
        int average,
        TrainingRecipe training)
        implements Recipe {
    public FrameRecipe(
            @Nullable FrameData data,
            @Nullable NetworkRecipe model,
            @Nullable Double inputDropout,
            @Nullable Integer average,
            @Nullable TrainingRecipe training) {
        this(
                Checks.given(data, "data"),
                NetworkRecipe.encoder(model),
                Checks.share("inputDropout", Checks.or(inputDropout, 0.1)),
                Checks.atLeast("average", 0, Checks.or(average, 0)),
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.ACCURACY, Metric.MACRO_F1));
    }
}
