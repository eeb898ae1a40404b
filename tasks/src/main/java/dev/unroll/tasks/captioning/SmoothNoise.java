package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;
import dev.unroll.random.Noise;

/**
 * Light that is added, and changes smoothly over the image: another hand colours whole parts of a
 * drawing in another way.
 *
 * @param light on a coarse grid, above and below 0
 */
record SmoothNoise(Image light) {
    /** Cells of the grid, each way. */
    private static final int GRID = 8;

    static SmoothNoise drawn(AugmentationRecipe most, long key, int channels) {
        double amount = most.pixels().noise() * Noise.uniform(key, 0);
        float[] light = new float[GRID * GRID * channels];
        for (int i = 0; i < light.length; i++) {
            light[i] = (float) (amount * Augmentation.symmetric(key, 1 + i));
        }
        return new SmoothNoise(new Image(GRID, GRID, channels, light));
    }

    Image onto(Image image) {
        if (light.values()[0] == 0) { // no clouds at all: each is drawn from one strength
            return image;
        }
        float[] over = light.resized(image.width(), image.height()).values();
        float[] sum = image.values().clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += over[i];
        }
        return new Image(image.width(), image.height(), image.channels(), sum);
    }
}
