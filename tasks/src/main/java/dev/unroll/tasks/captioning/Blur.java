package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Picture;
import dev.unroll.tasks.recipe.AugmentationRecipe;

/**
 * Each pixel nearer to the mean of its neighbourhood of nine, or farther from it.
 *
 * @param share of the way to the mean; a picture gets sharper below 0
 */
record Blur(float share) {

    static Blur drawn(AugmentationRecipe most, long key) {
        return new Blur((float) (most.blur() * Augmentation.symmetric(key, 0)));
    }

    Picture of(Picture picture) {
        if (share == 0) {
            return picture;
        }
        float[] values = picture.values().clone();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < picture.channels(); c++) {
                    int i = (y * picture.width() + x) * picture.channels() + c;
                    values[i] += share * (mean(picture, x, y, c) - values[i]);
                }
            }
        }
        return new Picture(picture.width(), picture.height(), picture.channels(), values);
    }

    /** At the border, pixels of the border stand for those outside. */
    private static float mean(Picture picture, int x, int y, int channel) {
        float sum = 0;
        for (int v = y - 1; v <= y + 1; v++) {
            for (int u = x - 1; u <= x + 1; u++) {
                sum +=
                        picture.at(
                                Math.clamp(u, 0, picture.width() - 1),
                                Math.clamp(v, 0, picture.height() - 1),
                                channel);
            }
        }
        return sum / 9;
    }
}
