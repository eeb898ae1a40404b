package dev.unroll.tasks.image;

/**
 * A picture: numbers from 0 (dark) to 1, channels last, rows from the top.
 *
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values [height, width, channels]; not copied, and not to be changed afterwards
 */
public record Picture(int width, int height, int channels, float[] values) {

    public Picture {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d pixels: each side is at least 1"
                            .formatted(width, height));
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "a picture of %d channels: 1 (grey) or 3 (red, green, blue)"
                            .formatted(channels));
        }
        if ((long) width * height * channels != values.length) {
            throw new IllegalArgumentException(
                    "a picture [%d, %d, %d] of %d numbers"
                            .formatted(height, width, channels, values.length));
        }
    }

    /** A picture of one colour. */
    public static Picture filled(int width, int height, Colour colour) {
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        for (int i = 0; i < values.length; i++) {
            values[i] = colour.channel(i % 3);
        }
        return new Picture(width, height, 3, values);
    }

    /** The number of a pixel and channel. */
    public float at(int x, int y, int channel) {
        return values[(y * width + x) * channels + channel];
    }

    /** In grey: how light each pixel is (ITU-R BT.601); itself if it is grey. */
    public Picture grey() {
        if (channels == 1) {
            return this;
        }
        float[] grey = new float[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] =
                    0.299f * values[3 * i]
                            + 0.587f * values[3 * i + 1]
                            + 0.114f * values[3 * i + 2];
        }
        return new Picture(width, height, 1, grey);
    }

    /** In three channels, all alike if it is grey; itself if it is in colour. */
    public Picture colour() {
        if (channels == 3) {
            return this;
        }
        float[] colour = new float[values.length * 3];
        for (int i = 0; i < colour.length; i++) {
            colour[i] = values[i / 3];
        }
        return new Picture(width, height, 3, colour);
    }

    /** Scaled to these sides, whatever becomes of its proportions; see {@link Scaling}. */
    public Picture resized(int newWidth, int newHeight) {
        return newWidth == width && newHeight == height
                ? this
                : Scaling.scaled(this, newWidth, newHeight);
    }

    /** Scaled so that it just fits, in the middle, with this colour around it. */
    public Picture fitted(int newWidth, int newHeight, Colour around) {
        double scale = Math.min((double) newWidth / width, (double) newHeight / height);
        int w = Math.clamp(Math.round(width * scale), 1, newWidth);
        int h = Math.clamp(Math.round(height * scale), 1, newHeight);
        return resized(w, h).padded(newWidth, newHeight, around);
    }

    /** In the middle of a larger picture of one colour. */
    private Picture padded(int newWidth, int newHeight, Colour around) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Picture room = filled(newWidth, newHeight, around);
        float[] padded = channels == 3 ? room.values : room.grey().values;
        int left = (newWidth - width) / 2;
        int top = (newHeight - height) / 2;
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    values,
                    y * width * channels,
                    padded,
                    ((top + y) * newWidth + left) * channels,
                    width * channels);
        }
        return new Picture(newWidth, newHeight, channels, padded);
    }
}
