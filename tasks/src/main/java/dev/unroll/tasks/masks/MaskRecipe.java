package dev.unroll.tasks.masks;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.nn.image.ConvolutionalCells;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.recipe.ValidationRecipe.Metric;
import java.util.List;
import java.util.Map;

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
        MaskData data,
        @Default("12") int channels,
        @Default("2") int frames,
        NetworkRecipe model,
        @Default("{}") TrainingRecipe training)
        implements Recipe {
    public MaskRecipe {
        Checks.given(data, "data");
        Checks.atLeast("channels", 4, channels);
        Checks.atLeast("frames", 1, frames);
        requireMemory(Checks.given(model, "model"));
        training.requireMonitor(Metric.LOSS, Metric.JACCARD);
        if (channels % 4 != 0) {
            throw new RecipeException("'channels' is a multiple of 4, not " + channels);
        }
    }

    /** Refuses cells that have no convolutional form, and all keys without a meaning here. */
    private static void requireMemory(NetworkRecipe model) {
        List<String> cells = ConvolutionalCells.names();
        if (model instanceof NetworkRecipe.Recurrent && !cells.contains(model.kind())) {
            throw new RecipeException(
                    ("'model.kind' of a mask network is %s, transformer or mlp: there is no"
                                    + " convolutional %s network; take gru, the simplest that"
                                    + " remembers")
                            .formatted(String.join(", ", cells), model.kind()));
        }
        NetworkRecipe usual = RecipeFile.part(NetworkRecipe.class, Map.of("kind", model.kind()));
        if (!List.of("layers", "heads").containsAll(RecipeFile.differences(usual, model))) {
            throw new RecipeException(
                    "'model' of a mask network has 'kind', 'layers' and, of a transformer, 'heads':"
                            + " its width follows from 'channels', and it reads forward only, since"
                            + " the first mask is given and carried on from frame to frame; leave"
                            + " the other keys out");
        }
    }
}
