package dev.unroll.tasks.image;

/**
 * Which pixels of a picture belong to an object. Must not be changed once made.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param inside [height · width], row after row from the top, each from the left
 */
public record Mask(int width, int height, boolean[] inside) {

    public Mask {
        if (width < 1 || height < 1 || inside.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "Mask: width %d, height %d, %d pixels; sides of at least 1 and width x height"
                                    .formatted(width, height, inside.length)
                            + " pixels are needed");
        }
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
