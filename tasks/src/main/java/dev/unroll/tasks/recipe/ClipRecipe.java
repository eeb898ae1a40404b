package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.train.Clip;
import org.jspecify.annotations.Nullable;

/**
 * Limits on gradients.
 *
 * @param norm of the gradients of all parameters together; no limit if left out
 * @param value ± of each number of a gradient; no limit if left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClipRecipe(@Nullable Double norm, @Nullable Double value) {
    public ClipRecipe {
        if (norm != null) {
            Checks.positive("training.clip.norm", norm);
        }
        if (value != null) {
            Checks.positive("training.clip.value", value);
        }
    }

    /** The limits it describes. */
    public Clip toClip() {
        return new Clip.Limits(
                norm == null ? Double.POSITIVE_INFINITY : norm,
                value == null ? Double.POSITIVE_INFINITY : value);
    }
}
