package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How much pictures are changed while a network learns from them, each time anew, so that it learns
 * what they show and not their pixels. Nothing changes what is left out or 0.
 *
 * @param shift up to this share of the side, each way
 * @param scale larger or smaller by up to this share
 * @param stretch wider or narrower by up to this share
 * @param turn up to so many degrees, each way
 * @param bend waves move pixels by up to this share of the side
 * @param light all colours paler or fuller by up to this share, as a power; white stays white
 * @param tint each colour stronger or weaker by up to this share
 * @param hue each colour becomes another one by up to this share
 * @param blur pixels nearer to the mean of their neighbours or farther from it by up to this share
 * @param noise clouds of colour, up to this strong
 */
public record AugmentationRecipe(
        double shift,
        double scale,
        double stretch,
        double turn,
        double bend,
        double light,
        double tint,
        double hue,
        double blur,
        double noise) {
    static final AugmentationRecipe DEFAULT =
            new AugmentationRecipe(null, null, null, null, null, null, null, null, null, null);

    @JsonCreator
    public AugmentationRecipe(
            @Nullable Double shift,
            @Nullable Double scale,
            @Nullable Double stretch,
            @Nullable Double turn,
            @Nullable Double bend,
            @Nullable Double light,
            @Nullable Double tint,
            @Nullable Double hue,
            @Nullable Double blur,
            @Nullable Double noise) {
        this(
                share("shift", shift),
                share("scale", scale),
                share("stretch", stretch),
                degrees(Checks.or(turn, 0.0)),
                share("bend", bend),
                share("light", light),
                share("tint", tint),
                share("hue", hue),
                share("blur", blur),
                share("noise", noise));
    }

    private static double degrees(double value) {
        if (!(value >= 0 && value <= 180)) {
            throw new RecipeException(
                    "'picture.changes.turn' is from 0 to 180 degrees, not " + value);
        }
        return value;
    }

    private static double share(String name, @Nullable Double value) {
        return Checks.share("picture.changes." + name, Checks.or(value, 0.0));
    }
}
