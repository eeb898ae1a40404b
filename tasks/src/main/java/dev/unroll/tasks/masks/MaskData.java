package dev.unroll.tasks.masks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.MaskedVideoSet;
import dev.unroll.nn.models.MaskNetwork;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.Location;
import dev.unroll.tasks.recipe.RecipeData;
import dev.unroll.tasks.recipe.RecipeException;
import java.util.List;

/**
 * Videos with a mask for each frame: a published set, or folders of your own.
 *
 * @param set name of a {@link MaskedVideoSet}, or {@code own}
 * @param files your own; in a recipe their keys stand beside {@code set}
 * @param heldOut names of the videos that are held out
 * @param width frames are scaled to it, a multiple of 8
 * @param height frames are scaled to it, a multiple of 8
 * @param length frames of a training clip
 * @param batch clips in a batch
 * @param batches batches that make up an epoch
 */
public record MaskData(
        String set,
        @JsonUnwrapped Files files,
        @Default("[]") List<String> heldOut,
        @Default("216") int width,
        @Default("120") int height,
        @Default("6") int length,
        @Default("4") int batch,
        @Default("50") int batches)
        implements RecipeData {
    public MaskData {
        set = Checks.set(MaskedVideoSet.class, set, files.frames());
        heldOut = List.copyOf(heldOut);
        requireSide("data.width", width);
        requireSide("data.height", height);
        Checks.atLeast("data.length", 2, length);
        Checks.atLeast("data.batch", 1, batch);
        Checks.atLeast("data.batches", 1, batches);
    }

    /**
     * Videos of your own.
     *
     * @param frames a folder with a folder of frames for each video
     * @param masks a folder with a folder of masks for each video, named like its frames; white
     *     where the object is, at least half of full brightness
     */
    public record Files(
            @Location @Default("''") String frames, @Location @Default("''") String masks) {}

    private static void requireSide(String key, int value) {
        if (value < MaskNetwork.STEP || value > 4096 || value % MaskNetwork.STEP != 0) {
            throw new RecipeException(
                    "'%s' is a multiple of %d up to 4096, not %d"
                            .formatted(key, MaskNetwork.STEP, value));
        }
    }
}
