package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A network that finds masks.
 *
 * @param kind of its memory between frames: lstm and gru are convolutional, transformer looks at
 *     earlier frames, none sees each frame alone
 * @param layers memories one above another; without a memory there are none
 * @param channels at half the frame's size, a multiple of 4; four times as many at an eighth
 * @param heads of a Transformer's attention
 * @param frames that a Transformer remembers besides the first
 */
public record MaskModel(NetworkRecipe.Kind kind, int layers, int channels, int heads, int frames) {

    /**
     * As a recipe says it.
     *
     * @param bidirectional no component: what other tasks may ask for, and this one cannot do
     */
    @JsonCreator
    public MaskModel(
            NetworkRecipe.@Nullable Kind kind,
            @Nullable Integer layers,
            @Nullable Integer channels,
            @Nullable Integer heads,
            @Nullable Integer frames,
            @Nullable Boolean bidirectional) {
        this(
                Checks.given(kind, "model.kind"),
                Checks.atLeast("model.layers", 1, (int) Checks.or(layers, 1)),
                Checks.atLeast("model.channels", 4, (int) Checks.or(channels, 12)),
                Checks.atLeast("model.heads", 1, (int) Checks.or(heads, 4)),
                Checks.atLeast("model.frames", 1, (int) Checks.or(frames, 2)));
        if (this.channels % 4 != 0) {
            throw new RecipeException("'model.channels' is a multiple of 4, not " + this.channels);
        }
        if (this.kind == NetworkRecipe.Kind.ELMAN) {
            throw new RecipeException(
                    "'model.kind' of a mask network is lstm, gru, transformer or none: there is no"
                            + " convolutional Elman network; take gru, the simplest that remembers");
        }
        if (Checks.or(bidirectional, false)) {
            throw new RecipeException(
                    "'model.bidirectional': a mask network reads forward only, since the first mask"
                            + " is given and carried on from frame to frame; leave the key out");
        }
    }
}
