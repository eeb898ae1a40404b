package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Picture;
import dev.unroll.random.Noise;
import dev.unroll.tasks.recipe.AugmentationRecipe;

/**
 * Light that is added, and changes smoothly over the picture: another hand colours whole parts of a
 * drawing in another way.
 *
 * @param light on a coarse grid, above and below 0
 */
record SmoothNoise(Picture light) {
    /** Cells of the grid, each way. */
    private static final int GRID = 8;

    static SmoothNoise drawn(AugmentationRecipe most, long key, int channels) {
        double amount = most.noise() * Noise.uniform(key, 0);
        float[] light = new float[GRID * GRID * channels];
        for (int i = 0; i < light.length; i++) {
            light[i] = (float) (amount * Augmentation.symmetric(key, 1 + i));
        }
        return new SmoothNoise(new Picture(GRID, GRID, channels, light));
    }

    Picture onto(Picture picture) {
        if (light.values()[0] == 0) { // no clouds at all: each is drawn from one strength
            return picture;
        }
        float[] over = light.resized(picture.width(), picture.height()).values();
        float[] sum = picture.values().clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += over[i];
        }
        return new Picture(picture.width(), picture.height(), picture.channels(), sum);
    }
}
