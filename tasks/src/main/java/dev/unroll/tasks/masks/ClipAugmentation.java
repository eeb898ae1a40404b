package dev.unroll.tasks.masks;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.random.Noise;

/**
 * The augmentation of a training clip: a window of each frame, the same one, maybe mirrored, in
 * other light.
 *
 * @param mirrored whether the frames are flipped from left to right
 * @param zoom magnification, 1 or more; a window of 1/zoom of each side is cut out and enlarged
 * @param left position of the window: 0 at the left edge of the frame, 1 at the right
 * @param top position of the window: 0 at the top edge, 1 at the bottom
 * @param red factor of the red channel
 * @param green factor of the green channel
 * @param blue factor of the blue channel
 */
record ClipAugmentation(
        boolean mirrored, float zoom, float left, float top, float red, float green, float blue) {
    private static final float CLOSEST = 1.4f;
    private static final float LIGHT = 0.2f;

    /** Drawn for a key. */
    static ClipAugmentation of(long key) {
        return new ClipAugmentation(
                Noise.uniform(key, 0) < 0.5,
                1 + (CLOSEST - 1) * Noise.uniform(key, 1),
                Noise.uniform(key, 2),
                Noise.uniform(key, 3),
                light(key, 4),
                light(key, 5),
                light(key, 6));
    }

    private static float light(long key, int place) {
        return 1 + LIGHT * (2 * Noise.uniform(key, place) - 1);
    }

    /** A frame, in the same size. */
    Image of(Image frame) {
        int width = frame.width();
        float[] gain = {red, green, blue};
        float[] from = frame.values();
        float[] to = new float[from.length];
        for (int v = 0; v < frame.height(); v++) {
            for (int u = 0; u < width; u++) {
                int source = 3 * source(u, v, width, frame.height());
                for (int c = 0; c < 3; c++) {
                    to[3 * (v * width + u) + c] = Math.min(1, gain[c] * from[source + c]);
                }
            }
        }
        return new Image(width, frame.height(), 3, to);
    }

    /** Its mask, in the same size. */
    ImageMask of(ImageMask mask) {
        boolean[] to = new boolean[mask.inside().length];
        for (int v = 0; v < mask.height(); v++) {
            for (int u = 0; u < mask.width(); u++) {
                to[v * mask.width() + u] = mask.inside()[source(u, v, mask.width(), mask.height())];
            }
        }
        return new ImageMask(mask.width(), mask.height(), to);
    }

    /** The pixel that is seen at a place. */
    private int source(int u, int v, int width, int height) {
        int across = mirrored ? width - 1 - u : u;
        int x = place(across, width, left);
        int y = place(v, height, top);
        return y * width + x;
    }

    private int place(int at, int size, float share) {
        float window = size / zoom;
        return Math.min(size - 1, (int) (share * (size - window) + (at + 0.5f) / zoom));
    }
}
