package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Random changes of the training images, drawn anew in each epoch, so that a network learns what
 * they show and not their pixels. Nothing changes what is left out or 0. Shares are in [0, 1); what
 * is larger or smaller by a share s is so by a factor from 1/(1 + s) to 1 + s.
 *
 * @param geometry where pixels are moved to
 * @param pixels new values of pixels
 */
public record AugmentationRecipe(Geometry geometry, Pixels pixels) {
    static final AugmentationRecipe DEFAULT = new AugmentationRecipe(null, null);

    public AugmentationRecipe(@Nullable Geometry geometry, @Nullable Pixels pixels) {
        this.geometry = geometry == null ? Geometry.NONE : geometry;
        this.pixels = pixels == null ? Pixels.NONE : pixels;
    }

    /**
     * Changes of where pixels are.
     *
     * @param shift up to this share of the side, each way
     * @param scale larger or smaller by up to this share
     * @param stretch width over height larger or smaller by up to this share
     * @param turn up to so many degrees, each way; 0 to 180
     * @param bend waves move pixels by up to this share of the side
     */
    public record Geometry(double shift, double scale, double stretch, double turn, double bend) {
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

        @JsonCreator
        public Geometry(
                @Nullable Double shift,
                @Nullable Double scale,
                @Nullable Double stretch,
                @Nullable Double turn,
                @Nullable Double bend) {
            this(
                    (double) Checks.or(shift, 0.0),
                    (double) Checks.or(scale, 0.0),
                    (double) Checks.or(stretch, 0.0),
                    (double) Checks.or(turn, 0.0),
                    (double) Checks.or(bend, 0.0));
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
    public record Pixels(double light, double tint, double hue, double blur, double noise) {
        public static final Pixels NONE = new Pixels(0, 0, 0, 0, 0);

        public Pixels {
            Checks.share("image.changes.pixels.light", light);
            Checks.share("image.changes.pixels.tint", tint);
            Checks.share("image.changes.pixels.hue", hue);
            Checks.share("image.changes.pixels.blur", blur);
            Checks.share("image.changes.pixels.noise", noise);
        }

        @JsonCreator
        public Pixels(
                @Nullable Double light,
                @Nullable Double tint,
                @Nullable Double hue,
                @Nullable Double blur,
                @Nullable Double noise) {
            this(
                    (double) Checks.or(light, 0.0),
                    (double) Checks.or(tint, 0.0),
                    (double) Checks.or(hue, 0.0),
                    (double) Checks.or(blur, 0.0),
                    (double) Checks.or(noise, 0.0));
        }
    }
}
