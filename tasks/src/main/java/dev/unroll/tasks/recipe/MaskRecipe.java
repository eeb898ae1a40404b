package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.nn.image.ConvolutionalCells;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learning a mask for each frame of a video whose first mask is given.
 *
 * @param data the data set
 * @param channels of the network at half the frame's size, a multiple of 4; four times as many at
 *     an eighth
 * @param frames that a Transformer remembers besides the first
 * @param model the memory between frames: lstm and gru are convolutional, transformer looks at
 *     earlier frames, mlp has none and sees each frame alone; its width is the network's
 * @param training how it is taught
 */
@JsonTypeName("segment-masks")
public record MaskRecipe(
        MaskData data, int channels, int frames, NetworkRecipe model, TrainingRecipe training)
        implements Recipe {
    @JsonCreator
    public MaskRecipe(
            @Nullable MaskData data,
            @Nullable Integer channels,
            @Nullable Integer frames,
            @Nullable NetworkRecipe model,
            @Nullable TrainingRecipe training) {
        this(
                Checks.given(data, "data"),
                Checks.atLeast("channels", 4, (int) Checks.or(channels, 12)),
                Checks.atLeast("frames", 1, (int) Checks.or(frames, 2)),
                memory(Checks.given(model, "model")),
                (training == null ? TrainingRecipe.DEFAULT : training)
                        .monitoring(Metric.LOSS, Metric.JACCARD));
        if (this.channels % 4 != 0) {
            throw new RecipeException("'channels' is a multiple of 4, not " + this.channels);
        }
    }

    /** Refuses cells that have no convolutional form, and all keys without a meaning here. */
    private static NetworkRecipe memory(NetworkRecipe model) {
        NetworkRecipe meant =
                switch (model) {
                    case NetworkRecipe.Recurrent r -> {
                        List<String> cells = ConvolutionalCells.names();
                        if (!cells.contains(r.kind())) {
                            throw new RecipeException(
                                    ("'model.kind' of a mask network is %s, transformer or mlp:"
                                                    + " there is no convolutional %s network; take"
                                                    + " gru, the simplest that remembers")
                                            .formatted(String.join(", ", cells), r.kind()));
                        }
                        yield new NetworkRecipe.Recurrent(
                                r.kind(), null, null, r.layers(), null, null, null);
                    }
                    case NetworkRecipe.Transformer t ->
                            new NetworkRecipe.Transformer(
                                    null,
                                    t.heads(),
                                    null,
                                    t.layers(),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null);
                    case NetworkRecipe.Mlp _ -> new NetworkRecipe.Mlp(null, null, null);
                };
        if (!meant.equals(model)) {
            throw new RecipeException(
                    "'model' of a mask network has 'kind', 'layers' and, of a transformer, 'heads':"
                            + " its width follows from 'channels', and it reads forward only, since"
                            + " the first mask is given and carried on from frame to frame; leave"
                            + " the other keys out");
        }
        return model;
    }
}
