package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;
import dev.unroll.random.Noise;

/**
 * An image a little moved, bent and in other colours, as if another hand had drawn it, so that a
 * network does not learn pixels by heart. What is done is a pure function of a key and the image's
 * number.
 *
 * @param most how much of each change
 */
record Augmentation(AugmentationRecipe most) {

    /**
     * The changed image, of the same size. It is for a network only: its numbers may leave 0 to 1,
     * as clouds brighten what is white.
     */
    Image of(Image image, long key, int number) {
        long own = Noise.key(key, number);
        Image moved = Warp.drawn(most.geometry(), Noise.key(own, "warp"), image).of(image);
        Image coloured =
                Recolouring.drawn(most, Noise.key(own, "colours"), image.channels()).of(moved);
        Image smooth = Blur.drawn(most, Noise.key(own, "blur")).of(coloured);
        return SmoothNoise.drawn(most, Noise.key(own, "clouds"), image.channels()).onto(smooth);
    }

    /** A number between -1 and 1. */
    static double symmetric(long key, int place) {
        return 2 * Noise.uniform(key, place) - 1;
    }

    /** A factor: by up to a share more, or as much less. */
    static double factor(double share, long key, int place) {
        return Math.exp(Math.log1p(share) * symmetric(key, place));
    }
}
