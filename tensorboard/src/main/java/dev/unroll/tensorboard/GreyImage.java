package dev.unroll.tensorboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * A matrix as an image, each number a square of pixels.
 *
 * @param height in pixels
 * @param width in pixels
 * @param png its file
 */
@SuppressWarnings("ArrayRecordComponent")
record GreyImage(int height, int width, byte[] png) {
    /** Sides of small matrices are made about this long. */
    private static final int SIDE = 256;

    /**
     * {@return the image of a matrix}
     *
     * @param values rows of numbers from 0, which is white, to 1, which is black
     */
    static GreyImage of(float[][] values) throws IOException {
        int rows = values.length;
        int columns = rows == 0 ? 0 : values[0].length;
        if (columns == 0) {
            throw new IllegalArgumentException("an image of no numbers");
        }
        int square = Math.max(1, SIDE / Math.max(rows, columns));
        BufferedImage image =
                new BufferedImage(columns * square, rows * square, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < rows * square; y++) {
            for (int x = 0; x < columns * square; x++) {
                float value = Math.clamp(values[y / square][x / square], 0f, 1f);
                image.getRaster().setSample(x, y, 0, Math.round(255 * (1 - value)));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return new GreyImage(rows * square, columns * square, png.toByteArray());
    }
}
