package dev.unroll.formats.image;

/**
 * An image: numbers from 0 (dark) to 1, channels last, rows from the top.
 *
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values [height, width, channels]; not copied, and not to be changed afterwards
 */
public record Image(int width, int height, int channels, float[] values) {

    /**
     * Checks the sides, the channels and the count of numbers.
     *
     * @throws IllegalArgumentException if a side is below 1, there are not 1 or 3 channels, or the
     *     count of numbers is not width x height x channels
     */
    public Image {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "an image of %d x %d pixels: each side is at least 1".formatted(width, height));
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "an image of %d channels: 1 (grey) or 3 (red, green, blue)"
                            .formatted(channels));
        }
        if ((long) width * height * channels != values.length) {
            throw new IllegalArgumentException(
                    "an image [%d, %d, %d] of %d numbers"
                            .formatted(height, width, channels, values.length));
        }
    }

    /**
     * {@return an image of one colour}
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @param colour of all pixels
     */
    public static Image filled(int width, int height, Colour colour) {
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        for (int i = 0; i < values.length; i++) {
            values[i] = colour.channel(i % 3);
        }
        return new Image(width, height, 3, values);
    }

    /**
     * {@return the number of a pixel in one channel, 0 to 1 in an image that was read}
     *
     * @param x from 0, from the left
     * @param y from 0, from the top
     * @param channel from 0
     */
    public float at(int x, int y, int channel) {
        return values[(y * width + x) * channels + channel];
    }

    /**
     * {@return the image in grey, each pixel by its lightness (ITU-R BT.601); itself if it is grey}
     */
    public Image grey() {
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
        return new Image(width, height, 1, grey);
    }

    /** {@return the image in three channels, all alike if it is grey; itself if it is in colour} */
    public Image colour() {
        if (channels == 3) {
            return this;
        }
        float[] colour = new float[values.length * 3];
        for (int i = 0; i < colour.length; i++) {
            colour[i] = values[i / 3];
        }
        return new Image(width, height, 3, colour);
    }

    /**
     * {@return the image scaled to these sides, whatever becomes of its proportions; see {@link
     * Scaling}}
     *
     * @param newWidth in pixels, at least 1
     * @param newHeight in pixels, at least 1
     */
    public Image resized(int newWidth, int newHeight) {
        return newWidth == width && newHeight == height
                ? this
                : Scaling.scaled(this, newWidth, newHeight);
    }

    /**
     * {@return the image scaled so that it just fits, in the middle, with a colour around it}
     *
     * @param newWidth in pixels, at least 1
     * @param newHeight in pixels, at least 1
     * @param around the colour of the rest
     */
    public Image fitted(int newWidth, int newHeight, Colour around) {
        double scale = Math.min((double) newWidth / width, (double) newHeight / height);
        int w = Math.clamp(Math.round(width * scale), 1, newWidth);
        int h = Math.clamp(Math.round(height * scale), 1, newHeight);
        return resized(w, h).padded(newWidth, newHeight, around);
    }

    /** In the middle of a larger image of one colour. */
    private Image padded(int newWidth, int newHeight, Colour around) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Image room = filled(newWidth, newHeight, around);
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
        return new Image(newWidth, newHeight, channels, padded);
    }
}
