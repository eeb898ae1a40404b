package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;

/**
 * Each pixel nearer to the mean of its neighbourhood of nine, or farther from it.
 *
 * @param share of the way to the mean; an image gets sharper below 0
 */
record Blur(float share) {

    static Blur drawn(AugmentationRecipe most, long key) {
        return new Blur((float) (most.pixels().blur() * Augmentation.symmetric(key, 0)));
    }

    Image of(Image image) {
        if (share == 0) {
            return image;
        }
        float[] values = image.values().clone();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < image.channels(); c++) {
                    int i = (y * image.width() + x) * image.channels() + c;
                    values[i] += share * (mean(image, x, y, c) - values[i]);
                }
            }
        }
        return new Image(image.width(), image.height(), image.channels(), values);
    }

    /** At the border, pixels of the border stand for those outside. */
    private static float mean(Image image, int x, int y, int channel) {
        float sum = 0;
        for (int v = y - 1; v <= y + 1; v++) {
            for (int u = x - 1; u <= x + 1; u++) {
                sum +=
                        image.at(
                                Math.clamp(u, 0, image.width() - 1),
                                Math.clamp(v, 0, image.height() - 1),
                                channel);
            }
        }
        return sum / 9;
    }
}
