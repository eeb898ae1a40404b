package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A network that finds masks.
 *
 * @param kind of its memory between frames: lstm and gru are convolutional, transformer looks at
 *     earlier frames, none sees each frame alone
 * @param channels at half the frame's size, a multiple of 4; four times as many at an eighth
 * @param heads of a Transformer's attention
 * @param frames that a Transformer remembers besides the first
 */
public record MaskModel(NetworkRecipe.Kind kind, int channels, int heads, int frames) {

    @JsonCreator
    public MaskModel(
            NetworkRecipe.@Nullable Kind kind,
            @Nullable Integer channels,
            @Nullable Integer heads,
            @Nullable Integer frames) {
        this(
                Checks.given(kind, "model.kind"),
                Checks.atLeast("model.channels", 4, (int) Checks.or(channels, 12)),
                Checks.atLeast("model.heads", 1, (int) Checks.or(heads, 4)),
                Checks.atLeast("model.frames", 1, (int) Checks.or(frames, 2)));
        if (this.channels % 4 != 0) {
            throw new RecipeException("'model.channels' is a multiple of 4, not " + this.channels);
        }
        if (this.kind == NetworkRecipe.Kind.ELMAN) {
            throw new RecipeException(
                    "'model.kind' of a mask network is lstm, gru, transformer or none");
        }
    }
}
