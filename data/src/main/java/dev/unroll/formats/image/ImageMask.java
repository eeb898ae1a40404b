package dev.unroll.formats.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which pixels of an image belong to an object. Must not be changed once made.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param inside [height · width], row after row from the top, each from the left
 */
public record ImageMask(int width, int height, boolean[] inside) {

    /** A label of a palette, such as DAVIS' dark red, counts as inside too; JPEG's noise not. */
    private static final float BRIGHT = 0.5f;

    /**
     * As much comes of sides that are rounded to multiples of 8, as video files and networks do.
     */
    private static final double STRETCH = 0.03;

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException if a side is below 1, or there are not width x height pixels
     */
    public ImageMask {
        if (width < 1 || height < 1 || inside.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "Mask: width %d, height %d, %d pixels; sides of at least 1 and width x height"
                                    .formatted(width, height, inside.length)
                            + " pixels are needed");
        }
    }

    /**
     * The mask in an image file, as {@link #of} has it; what is transparent is outside. An image
     * that is black all over is a mask without an object.
     *
     * @param file of a PNG, JPEG, GIF or BMP
     * @return the mask
     * @throws ImageException if it is no image, or not black but nowhere bright enough to be
     *     inside, as masks of 0 and 1 are, or if some of its pixels have a palette's colour that is
     *     neither black nor bright enough, such as the label (64, 0, 0)
     */
    public static ImageMask read(Path file) throws ImageException {
        String name = file.toString();
        ImageLimits limits = ImageLimits.STANDARD;
        Image image =
                ImageFile.read(
                        name,
                        ImageFile.bytes(file, limits),
                        read -> {
                            requireNoDarkLabel(name, read);
                            return Pixels.over(read, Colour.BLACK);
                        },
                        limits);
        ImageMask mask = of(image);
        float brightest = 0;
        for (float value : image.values()) {
            brightest = Math.max(brightest, value);
        }
        if (brightest > 0 && brightest < BRIGHT) {
            throw new ImageException(
                    String.format(
                            Locale.ROOT,
                            "%s: no pixel of this mask is inside, and it is not black: its"
                                    + " brightest has %.2g %% of full brightness, and from %.0f %%"
                                    + " on a pixel is inside; write masks in white where the object"
                                    + " is, as 255 instead of 1",
                            file,
                            100 * brightest,
                            100 * BRIGHT));
        }
        return mask;
    }

    /**
     * A palette's colours are labels of objects, and one that is too dark to be inside would be
     * lost without a word. Greys are brightness, as at the edges of an object.
     */
    private static void requireNoDarkLabel(String name, BufferedImage image) throws ImageException {
        if (!(image.getColorModel() instanceof IndexColorModel palette)) {
            return;
        }
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getSamples(0, y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                int red = palette.getRed(row[x]);
                int green = palette.getGreen(row[x]);
                int blue = palette.getBlue(row[x]);
                boolean grey = red == green && green == blue;
                if (!grey
                        && palette.getAlpha(row[x]) > 0
                        && Math.max(red, Math.max(green, blue)) < BRIGHT * 255) {
                    throw new ImageException(
                            ("%s: the pixel at column %d of row %d has the palette's colour (%d, %d,"
                                            + " %d), which is neither black nor bright enough to be"
                                            + " inside (128 of 255 in a channel); write masks in"
                                            + " white where the object is, black elsewhere")
                                    .formatted(name, x, y, red, green, blue));
                }
            }
        }
    }

    /**
     * {@return the mask of the pixels that are at least half as bright as can be in at least one
     * channel}
     *
     * @param image in grey or in colour
     */
    public static ImageMask of(Image image) {
        boolean[] inside = new boolean[image.width() * image.height()];
        int channels = image.channels();
        for (int i = 0; i < image.values().length; i++) {
            inside[i / channels] |= image.values()[i] >= BRIGHT;
        }
        return new ImageMask(image.width(), image.height(), inside);
    }

    /** {@return the mask in grey: white inside, black outside} */
    public Image image() {
        float[] values = new float[inside.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = inside[i] ? 1 : 0;
        }
        return new Image(width, height, 1, values);
    }

    /**
     * Scales the mask: each pixel is as the one at its centre's place.
     *
     * @param newWidth in pixels, at least 1
     * @param newHeight in pixels, at least 1
     * @return the scaled mask
     */
    public ImageMask resized(int newWidth, int newHeight) {
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
        return new ImageMask(newWidth, newHeight, scaled);
    }

    /**
     * Refuses to be stretched over an image: it may be larger or smaller, but has its shape.
     *
     * @param image to be covered by the mask
     * @param name of the mask, for the message
     * @throws IllegalArgumentException if the ratios of their sides differ by more than {@value
     *     #STRETCH}, and by more than what a side was rounded by
     */
    public void requireShapeOf(Image image, String name) {
        double across = (double) width / image.width();
        double down = (double) height / image.height();
        boolean rounded =
                Math.abs(width - down * image.width()) < 1
                        || Math.abs(height - across * image.height()) < 1;
        if (!rounded && Math.max(across, down) > (1 + STRETCH) * Math.min(across, down)) {
            throw new IllegalArgumentException(
                    ("%s: a mask of %d x %d pixels would be stretched over a frame of %d x %d; give"
                                    + " a mask of the frame's shape")
                            .formatted(name, width, height, image.width(), image.height()));
        }
    }

    /**
     * {@return whether a pixel belongs to the object}
     *
     * @param x from 0, from the left
     * @param y from 0, from the top
     */
    public boolean at(int x, int y) {
        return inside[y * width + x];
    }

    /** {@return the number of pixels that belong to the object} */
    public int area() {
        int area = 0;
        for (boolean in : inside) {
            area += in ? 1 : 0;
        }
        return area;
    }
}
