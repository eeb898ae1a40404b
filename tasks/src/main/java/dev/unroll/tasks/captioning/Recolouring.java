package dev.unroll.tasks.captioning;

import static dev.unroll.tasks.captioning.Augmentation.factor;
import static dev.unroll.tasks.captioning.Augmentation.symmetric;

import dev.unroll.formats.image.Image;
import dev.unroll.random.Noise;

/**
 * Other colours for all that is not white. Of the ink of a pixel, 1 less its light,
 *
 * <pre>
 *   ink' = strength · ((1 − mix)·ink + mix·ink of another channel) ^ power
 * </pre>
 *
 * @param mix share of another channel
 * @param other so many channels further
 * @param power below 1 all colours are fuller, above it paler
 * @param strength a channel
 */
@SuppressWarnings("ArrayRecordComponent")
record Recolouring(double mix, int other, double power, double[] strength) {

    static Recolouring drawn(AugmentationRecipe most, long key, int channels) {
        double[] strength = new double[channels];
        for (int c = 0; c < channels; c++) {
            strength[c] = factor(most.pixels().tint(), key, 3 + c);
        }
        return new Recolouring(
                most.pixels().hue() * Noise.uniform(key, 0),
                symmetric(key, 1) < 0 ? 1 : 2,
                factor(most.pixels().light(), key, 2),
                strength);
    }

    Image of(Image image) {
        int channels = image.channels();
        float[] from = image.values();
        float[] to = new float[from.length];
        for (int i = 0; i < to.length; i++) {
            int c = i % channels;
            double one = 1 - from[i];
            double another = 1 - from[i - c + (c + other) % channels];
            double mixed = Math.max(0, (1 - mix) * one + mix * another);
            to[i] = (float) (1 - strength[c] * (power == 1 ? mixed : Math.pow(mixed, power)));
        }
        return new Image(image.width(), image.height(), channels, to);
    }
}
