package dev.unroll.tasks.captioning;

import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.RecipeException;

/**
 * Random changes of the training images, drawn anew in each epoch, so that a network learns what
 * they show and not their pixels. Nothing changes what is left out or 0. Shares are in [0, 1); what
 * is larger or smaller by a share s is so by a factor from 1/(1 + s) to 1 + s.
 *
 * @param geometry where pixels are moved to
 * @param pixels new values of pixels
 */
public record AugmentationRecipe(@Default("{}") Geometry geometry, @Default("{}") Pixels pixels) {

    /**
     * Changes of where pixels are.
     *
     * @param shift up to this share of the side, each way
     * @param scale larger or smaller by up to this share
     * @param stretch width over height larger or smaller by up to this share
     * @param turn up to so many degrees, each way; 0 to 180
     * @param bend waves move pixels by up to this share of the side
     */
    public record Geometry(
            @Default("0") double shift,
            @Default("0") double scale,
            @Default("0") double stretch,
            @Default("0") double turn,
            @Default("0") double bend) {
        /** No changes. */
        public static final Geometry NONE = new Geometry(0, 0, 0, 0, 0);

        public Geometry {
            Checks.share("image.changes.geometry.shift", shift);
            Checks.share("image.changes.geometry.scale", scale);
            Checks.share("image.changes.geometry.stretch", stretch);
            if (!(turn >= 0 && turn <= 180)) {
                throw new RecipeException(
                        "'image.changes.geometry.turn' is from 0 to 180 degrees, not " + turn);
            }
            Checks.share("image.changes.geometry.bend", bend);
        }
    }

    /**
     * Changes of what pixels look like.
     *
     * @param light the power that all colours are raised to larger or smaller by up to this share,
     *     so that they are paler or fuller; white stays white
     * @param tint each colour stronger or weaker by up to this share
     * @param hue each colour becomes another one by up to this share
     * @param blur pixels nearer to the mean of their neighbours or farther from it by up to this
     *     share
     * @param noise clouds of colour, up to this strong
     */
    public record Pixels(
            @Default("0") double light,
            @Default("0") double tint,
            @Default("0") double hue,
            @Default("0") double blur,
            @Default("0") double noise) {
        /** No changes. */
        public static final Pixels NONE = new Pixels(0, 0, 0, 0, 0);

        public Pixels {
            Checks.share("image.changes.pixels.light", light);
            Checks.share("image.changes.pixels.tint", tint);
            Checks.share("image.changes.pixels.hue", hue);
            Checks.share("image.changes.pixels.blur", blur);
            Checks.share("image.changes.pixels.noise", noise);
        }
    }
}
