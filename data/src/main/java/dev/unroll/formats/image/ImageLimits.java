package dev.unroll.formats.image;

/**
 * Limits of the size of an image, checked before anything is decoded, since a small file can claim
 * any size.
 *
 * @param bytes of the file
 * @param side the longer one, in pixels
 * @param pixels width times height
 */
public record ImageLimits(long bytes, int side, long pixels) {

    /** 64 MiB, 16,384 pixels a side, 40 million pixels. */
    public static final ImageLimits STANDARD = new ImageLimits(64L << 20, 1 << 14, 40_000_000);

    /** Checks that each limit is at least 1. */
    public ImageLimits {
        if (bytes < 1 || side < 1 || pixels < 1) {
            throw new IllegalArgumentException(
                    "limits of images are at least 1: bytes %d, side %d, pixels %d"
                            .formatted(bytes, side, pixels));
        }
    }

    void requireBytes(String name, long actual) throws ImageException {
        if (actual == 0) {
            throw new ImageException(name + ": is empty; give an image");
        }
        if (actual > bytes) {
            throw new ImageException(
                    "%s: has %,d bytes, and at most %,d are read; save it smaller"
                            .formatted(name, actual, bytes));
        }
    }

    void requireSize(String name, long width, long height) throws ImageException {
        if (width < 1 || height < 1) {
            throw new ImageException(
                    "%s: claims %,d x %,d pixels, so it is damaged; save it again"
                            .formatted(name, width, height));
        }
        if (width > side || height > side || width * height > pixels) {
            throw new ImageException(
                    ("%s: claims %,d x %,d pixels; at most %,d a side and %,d in all are read;"
                                    + " scale it down first")
                            .formatted(name, width, height, side, pixels));
        }
    }
}
