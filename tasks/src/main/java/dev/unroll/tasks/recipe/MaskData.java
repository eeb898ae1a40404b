package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.data.sets.MaskedVideoSet;
import dev.unroll.nn.models.MaskNetwork;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        List<String> heldOut,
        int width,
        int height,
        int length,
        int batch,
        int batches)
        implements RecipeData {

    /**
     * Videos of your own.
     *
     * @param frames a folder with a folder of frames for each video
     * @param masks a folder with a folder of masks for each video, named like its frames; white
     *     where the object is, at least half of full brightness
     */
    public record Files(String frames, String masks) {

        @JsonCreator
        static Files of(@Nullable String frames, @Nullable String masks) {
            return new Files(Checks.or(frames, ""), Checks.or(masks, ""));
        }
    }

    @JsonCreator
    public MaskData(
            @Nullable String set,
            @JsonUnwrapped Files files,
            @Nullable List<String> heldOut,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Integer length,
            @Nullable Integer batch,
            @Nullable Integer batches) {
        this(
                Checks.set(MaskedVideoSet.class, set, files.frames()),
                files,
                List.copyOf(Checks.or(heldOut, List.of())),
                side("data.width", Checks.or(width, 216)),
                side("data.height", Checks.or(height, 120)),
                Checks.atLeast("data.length", 2, (int) Checks.or(length, 6)),
                Checks.atLeast("data.batch", 1, (int) Checks.or(batch, 4)),
                Checks.atLeast("data.batches", 1, (int) Checks.or(batches, 50)));
    }

    private static int side(String key, int value) {
        if (value < MaskNetwork.STEP || value > 4096 || value % MaskNetwork.STEP != 0) {
            throw new RecipeException(
                    "'%s' is a multiple of %d up to 4096, not %d"
                            .formatted(key, MaskNetwork.STEP, value));
        }
        return value;
    }
}
