package dev.unroll.tasks.captioning;

import dev.unroll.backend.Noise;
import dev.unroll.tasks.image.Picture;
import dev.unroll.tasks.recipe.PictureRecipe;

/**
 * A picture a little moved, scaled and lightened, so that a network does not learn pixels by heart.
 * What is done is a pure function of a key and the picture's number.
 *
 * @param shift each way, as a share of the side
 * @param scale larger or smaller by up to this share
 * @param light lighter or darker by up to this much
 */
record Augmentation(double shift, double scale, double light) {

    static Augmentation of(PictureRecipe recipe) {
        return new Augmentation(recipe.shift(), recipe.scale(), recipe.light());
    }

    /** Writes the changed numbers of a picture into an array, from a place on. */
    void into(float[] values, int at, Picture picture, long key, int number) {
        double across = shift * picture.width() * symmetric(key, 4 * number);
        double down = shift * picture.height() * symmetric(key, 4 * number + 1);
        double zoom = Math.exp(Math.log1p(scale) * symmetric(key, 4 * number + 2));
        float brighter = (float) (light * symmetric(key, 4 * number + 3));
        int channels = picture.channels();
        double middleX = (picture.width() - 1) / 2.0;
        double middleY = (picture.height() - 1) / 2.0;
        for (int y = 0; y < picture.height(); y++) {
            double fromY = (y - middleY - down) / zoom + middleY;
            for (int x = 0; x < picture.width(); x++) {
                double fromX = (x - middleX - across) / zoom + middleX;
                for (int c = 0; c < channels; c++) {
                    values[at + (y * picture.width() + x) * channels + c] =
                            between(picture, fromX, fromY, c) + brighter;
                }
            }
        }
    }

    private static double symmetric(long key, int place) {
        return 2 * Noise.uniform(key, place) - 1;
    }

    /** Interpolated between four pixels; white outside. */
    private static float between(Picture picture, double x, double y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float lower = (float) (y - top);
        return (1 - lower)
                        * ((1 - right) * at(picture, left, top, channel)
                                + right * at(picture, left + 1, top, channel))
                + lower
                        * ((1 - right) * at(picture, left, top + 1, channel)
                                + right * at(picture, left + 1, top + 1, channel));
    }

    private static float at(Picture picture, int x, int y, int channel) {
        return x < 0 || y < 0 || x >= picture.width() || y >= picture.height()
                ? 1
                : picture.at(x, y, channel);
    }
}
