package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * When a training saves a point to go on from, besides each validation and its end. It does not
 * change the weights by a bit.
 *
 * @param steps between two of them; not counted if left out
 * @param minutes between two of them; not measured if left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointRecipe(@Nullable Integer steps, @Nullable Double minutes) {
    public CheckpointRecipe {
        if (steps != null) {
            Checks.atLeast("training.checkpoint.steps", 1, steps);
        }
        if (minutes != null) {
            Checks.positive("training.checkpoint.minutes", minutes);
        }
    }
}
