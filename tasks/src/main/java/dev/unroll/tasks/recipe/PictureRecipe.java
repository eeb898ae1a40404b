package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unroll.nn.models.ImageContext;
import org.jspecify.annotations.Nullable;

/**
 * How pictures become rows.
 *
 * @param kind of encoder
 * @param size pictures are scaled to so many pixels a side
 * @param colour whether colours are seen, or only light and dark
 * @param width numbers in a cell's row
 * @param stages of a convolutional encoder; each halves the picture
 * @param patch side of a patch in pixels
 * @param layers of a Transformer over patches
 * @param heads of its attention
 * @param features what the decoder knows: a summary from the start, or every cell
 * @param dropout on the rows
 * @param changes how pictures are changed in learning
 */
public record PictureRecipe(
        Kind kind,
        int size,
        boolean colour,
        int width,
        int stages,
        int patch,
        int layers,
        int heads,
        ImageContext.Kind features,
        double dropout,
        AugmentationRecipe changes) {
    static final PictureRecipe DEFAULT =
            new PictureRecipe(null, null, null, null, null, null, null, null, null, null, null);

    /** Kinds of encoders. */
    public enum Kind {
        /** A small convolutional network. */
        CONVOLUTION,
        /** A Transformer over patches. */
        PATCHES
    }

    @JsonCreator
    public PictureRecipe(
            @Nullable Kind kind,
            @Nullable Integer size,
            @Nullable Boolean colour,
            @Nullable Integer width,
            @Nullable Integer stages,
            @Nullable Integer patch,
            @Nullable Integer layers,
            @Nullable Integer heads,
            ImageContext.@Nullable Kind features,
            @Nullable Double dropout,
            @Nullable AugmentationRecipe changes) {
        this(
                Checks.or(kind, Kind.CONVOLUTION),
                Checks.atLeast("picture.size", 8, (int) Checks.or(size, 32)),
                (boolean) Checks.or(colour, true),
                Checks.atLeast("picture.width", 8, (int) Checks.or(width, 128)),
                Checks.atLeast("picture.stages", 1, (int) Checks.or(stages, 3)),
                Checks.atLeast("picture.patch", 1, (int) Checks.or(patch, 8)),
                Checks.atLeast("picture.layers", 1, (int) Checks.or(layers, 3)),
                Checks.atLeast("picture.heads", 1, (int) Checks.or(heads, 4)),
                Checks.or(features, ImageContext.Kind.ATTEND),
                Checks.share("picture.dropout", Checks.or(dropout, 0.2)),
                Checks.or(changes, AugmentationRecipe.DEFAULT));
        if (this.size > 512) {
            throw new RecipeException("'picture.size' is at most 512, not " + this.size);
        }
        if (this.kind == Kind.PATCHES && this.size % this.patch != 0) {
            throw new RecipeException(
                    "'picture.patch' divides 'picture.size': %d does not divide %d"
                            .formatted(this.patch, this.size));
        }
        if (this.kind == Kind.CONVOLUTION && this.size >> this.stages < 1) {
            throw new RecipeException(
                    "'picture.stages': %d pixels cannot be halved %d times"
                            .formatted(this.size, this.stages));
        }
    }

    /** 3 with colours, 1 without. */
    public int channels() {
        return colour ? 3 : 1;
    }
}
