package dev.unroll.tasks.captioning;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unroll.nn.attention.AttentionKind;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.ImageContext;
import dev.unroll.tasks.recipe.AttentionPattern;
import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.RecipeException;
import java.util.List;
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
        @Default("convolution") Kind kind,
        @Default("32") int size,
        @Default("true") boolean colour,
        @Default("128") int width,
        @Default("3") int stages,
        @Default("{}") Patches patches,
        @Default("attend") ImageContext.Kind features,
        @Default("0.2") double dropout,
        @Default("{}") AugmentationRecipe changes) {
    public ImageRecipe {
        Checks.atLeast("image.size", 8, size);
        Checks.atLeast("image.width", 8, width);
        Checks.atLeast("image.stages", 1, stages);
        Checks.share("image.dropout", dropout);
        if (size > 512) {
            throw new RecipeException("'image.size' is at most 512, not " + size);
        }
        if (kind == Kind.PATCHES && size % patches.size() != 0) {
            throw new RecipeException(
                    "'image.patches.size' divides 'image.size': %d does not divide %d"
                            .formatted(patches.size(), size));
        }
        if (kind == Kind.CONVOLUTION && size >> stages < 1) {
            throw new RecipeException(
                    "'image.stages': %d pixels cannot be halved %d times".formatted(size, stages));
        }
    }

    /** Kinds of encoders. */
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
     * @param attention which patches each attends to, row by row, or that attention is linear,
     *     without a decay; all patches, and not linear, if left out. A list of several patterns is
     *     shared by equal groups of heads
     */
    public record Patches(
            @Default("8") int size,
            @Default("3") int layers,
            @Default("4") int heads,
            @JsonFormat(
                            with = {
                                JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                                JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                            })
                    @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable List<AttentionPattern> attention) {
        public Patches {
            if (attention != null) {
                attention = List.copyOf(attention);
                requireFor(heads, attention);
            }
            Checks.atLeast("image.patches.size", 1, size);
            Checks.layers("image.patches.layers", layers);
            Checks.atLeast("image.patches.heads", 1, heads);
        }

        private static void requireFor(int heads, List<AttentionPattern> patterns) {
            try {
                AttentionKind kind = AttentionPattern.kind(patterns);
                kind.require(heads, heads, Positions.Kind.NONE);
                if (!kind.equals(kind.bothWays())) {
                    throw new IllegalArgumentException(
                            "patches are seen all at once, so nothing is forgotten; write linear: none");
                }
            } catch (IllegalArgumentException e) {
                throw new RecipeException("'image.patches.attention': " + e.getMessage());
            }
        }

        /** How the patches of an image attend to each other. */
        public AttentionKind selfAttention() {
            return AttentionPattern.kind(attention);
        }
    }

    /** 3 with colours, 1 without. */
    public int channels() {
        return colour ? 3 : 1;
    }
}
