package dev.unroll.tensor;

import dev.unroll.backend.Window;

/** The shape of images, and the shape that a window leaves of it. */
final class ImageShape {
    private ImageShape() {}

    static void check(String name, Tensor x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(
                    name + ": images are [batch, height, width, channels], not " + x.shape());
        }
    }

    /** The result's shape. */
    static Shape covered(String name, Tensor x, Window window, int channels) {
        int rows = window.rows(x.dim(1));
        int columns = window.columns(x.dim(2));
        if (rows == 0 || columns == 0) {
            throw new IllegalArgumentException(
                    "%s: %s: a kernel of %d x %d is larger than the image"
                            .formatted(name, x.shape(), window.height(), window.width()));
        }
        return Shape.of(x.dim(0), rows, columns, channels);
    }
}
