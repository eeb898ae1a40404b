package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.nn.models.ImageContext;
import org.jspecify.annotations.Nullable;

/**
 * The image encoder, which turns an image into rows.
 *
 * @param kind of encoder
 * @param size images are scaled to so many pixels a side
 * @param colour whether colours are seen, or only light and dark
 * @param width numbers in a cell's row
 * @param stages of a convolutional encoder; each halves the image
 * @param patches the Transformer of an encoder of patches
 * @param features what the decoder knows: a summary from the start, or every cell
 * @param dropout on the rows
 * @param changes how images are changed in learning
 */
public record ImageRecipe(
        Kind kind,
        int size,
        boolean colour,
        int width,
        int stages,
        Patches patches,
        ImageContext.Kind features,
        double dropout,
        AugmentationRecipe changes) {
    static final ImageRecipe DEFAULT =
            new ImageRecipe(null, null, null, null, null, null, null, null, null);

    /** OptimiserAndScheduleKinds of encoders. */
    public enum Kind {
        /** A small convolutional network. */
        CONVOLUTION,
        /** A Transformer over patches. */
        PATCHES
    }

    /**
     * A Transformer over patches.
     *
     * @param size side of a patch in pixels
     * @param layers one above another
     * @param heads of attention
     */
    public record Patches(int size, int layers, int heads) {
        static final Patches DEFAULT = new Patches(null, null, null);

        @JsonCreator
        public Patches(@Nullable Integer size, @Nullable Integer layers, @Nullable Integer heads) {
            this(
                    Checks.atLeast("image.patches.size", 1, (int) Checks.or(size, 8)),
                    Checks.atLeast("image.patches.layers", 1, (int) Checks.or(layers, 3)),
                    Checks.atLeast("image.patches.heads", 1, (int) Checks.or(heads, 4)));
        }
    }

    @JsonCreator
    public ImageRecipe(
            @Nullable Kind kind,
            @Nullable Integer size,
            @Nullable Boolean colour,
            @Nullable Integer width,
            @Nullable Integer stages,
            @Nullable Patches patches,
            ImageContext.@Nullable Kind features,
            @Nullable Double dropout,
            @Nullable AugmentationRecipe changes) {
        this(
                Checks.or(kind, Kind.CONVOLUTION),
                Checks.atLeast("image.size", 8, (int) Checks.or(size, 32)),
                (boolean) Checks.or(colour, true),
                Checks.atLeast("image.width", 8, (int) Checks.or(width, 128)),
                Checks.atLeast("image.stages", 1, (int) Checks.or(stages, 3)),
                Checks.or(patches, Patches.DEFAULT),
                Checks.or(features, ImageContext.Kind.ATTEND),
                Checks.share("image.dropout", Checks.or(dropout, 0.2)),
                Checks.or(changes, AugmentationRecipe.DEFAULT));
        if (this.size > 512) {
            throw new RecipeException("'image.size' is at most 512, not " + this.size);
        }
        if (this.kind == Kind.PATCHES && this.size % this.patches.size() != 0) {
            throw new RecipeException(
                    "'image.patches.size' divides 'image.size': %d does not divide %d"
                            .formatted(this.patches.size(), this.size));
        }
        if (this.kind == Kind.CONVOLUTION && this.size >> this.stages < 1) {
            throw new RecipeException(
                    "'image.stages': %d pixels cannot be halved %d times"
                            .formatted(this.size, this.stages));
        }
    }

    /** 3 with colours, 1 without. */
    public int channels() {
        return colour ? 3 : 1;
    }
}
