package dev.unroll.tasks.recipe;

import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learning a mask for each frame of a video whose first mask is given.
 *
 * @param data what to learn from
 * @param model the network
 * @param training how it is taught
 */
public record MaskRecipe(MaskData data, MaskModel model, TrainingRecipe training)
        implements Recipe {
    public MaskRecipe(
            @Nullable MaskData data, @Nullable MaskModel model, @Nullable TrainingRecipe training) {
        this.data = Checks.given(data, "data");
        this.model = Checks.given(model, "model");
        this.training =
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.JACCARD);
    }

    @Override
    public List<Object> fixed() {
        return List.of(data, model, training.seed());
    }
}
