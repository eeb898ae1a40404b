package dev.unroll.tasks.image;

/**
 * Which pixels of a picture belong to an object. Must not be changed once made.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param inside [height · width], row after row from the top, each from the left
 */
public record Mask(int width, int height, boolean[] inside) {

    /** A label of a palette, such as DAVIS' dark red, counts as inside too; JPEG's noise not. */
    private static final float BRIGHT = 0.5f;

    public Mask {
        if (width < 1 || height < 1 || inside.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "Mask: width %d, height %d, %d pixels; sides of at least 1 and width x height"
                                    .formatted(width, height, inside.length)
                            + " pixels are needed");
        }
    }

    /** The pixels of a picture that are, in at least one channel, half as bright as can be. */
    public static Mask of(Picture picture) {
        boolean[] inside = new boolean[picture.width() * picture.height()];
        int channels = picture.channels();
        for (int i = 0; i < picture.values().length; i++) {
            inside[i / channels] |= picture.values()[i] >= BRIGHT;
        }
        return new Mask(picture.width(), picture.height(), inside);
    }

    /** In grey: white inside, black outside. */
    public Picture picture() {
        float[] values = new float[inside.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = inside[i] ? 1 : 0;
        }
        return new Picture(width, height, 1, values);
    }

    /** Scaled to these sides: each pixel is as the one at its centre's place. */
    public Mask resized(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        boolean[] scaled = new boolean[Math.multiplyExact(newWidth, newHeight)];
        for (int v = 0; v < newHeight; v++) {
            for (int u = 0; u < newWidth; u++) {
                int x = (int) ((u + 0.5) * width / newWidth);
                int y = (int) ((v + 0.5) * height / newHeight);
                scaled[v * newWidth + u] = at(x, y);
            }
        }
        return new Mask(newWidth, newHeight, scaled);
    }

    /** Whether a pixel belongs to the object. */
    public boolean at(int x, int y) {
        return inside[y * width + x];
    }

    /** How many pixels belong to it. */
    public int area() {
        int area = 0;
        for (boolean in : inside) {
            area += in ? 1 : 0;
        }
        return area;
    }
}
