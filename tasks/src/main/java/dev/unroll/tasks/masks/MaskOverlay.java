package dev.unroll.tasks.masks;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;

/** A mask laid over its frame, so that both are seen. */
public final class MaskOverlay {
    /** Share of the colour inside. */
    private static final float STRENGTH = 0.5f;

    private static final Colour COLOUR = new Colour(1, 0.2f, 0.1f);

    private MaskOverlay() {}

    /**
     * The frame with the inside of the mask tinted, and its outline in the full colour.
     *
     * @throws IllegalArgumentException if their sizes differ
     */
    public static Image over(Image frame, ImageMask mask) {
        if (frame.width() != mask.width() || frame.height() != mask.height()) {
            throw new IllegalArgumentException(
                    "overlay: a frame of %d x %d pixels and a mask of %d x %d"
                            .formatted(frame.width(), frame.height(), mask.width(), mask.height()));
        }
        Image colour = frame.colour();
        float[] values = colour.values().clone();
        float[] tint = {COLOUR.red(), COLOUR.green(), COLOUR.blue()};
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                if (mask.at(x, y)) {
                    float share = inner(mask, x, y) ? STRENGTH : 1;
                    for (int c = 0; c < 3; c++) {
                        int i = (y * mask.width() + x) * 3 + c;
                        values[i] = share * tint[c] + (1 - share) * values[i];
                    }
                }
            }
        }
        return new Image(frame.width(), frame.height(), 3, values);
    }

    /** {@return true if all four neighbours of a pixel are inside the mask too} */
    private static boolean inner(ImageMask mask, int x, int y) {
        return x > 0
                && y > 0
                && x < mask.width() - 1
                && y < mask.height() - 1
                && mask.at(x - 1, y)
                && mask.at(x + 1, y)
                && mask.at(x, y - 1)
                && mask.at(x, y + 1);
    }
}
