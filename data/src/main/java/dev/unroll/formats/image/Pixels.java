package dev.unroll.formats.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/** Between the JDK's images and ours. */
final class Pixels {
    private Pixels() {}

    /** In colour, over what shows where it is transparent. */
    static Image over(BufferedImage image, Colour behind) {
        int width = image.getWidth();
        int height = image.getHeight();
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        ColorModel colours = image.getColorModel();
        if (colours instanceof ComponentColorModel) {
            stored(image, behind, values);
        } else {
            looked(image, behind, values);
        }
        return new Image(width, height, 3, values);
    }

    /**
     * The numbers as stored. The JDK would take grey for linear and lighten it, and would convert
     * profiles pixel by pixel.
     */
    private static void stored(BufferedImage image, Colour behind, float[] values) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int colours = model.getNumColorComponents();
        int bands = raster.getNumBands();
        if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK && colours == 4) {
            printed(raster, values);
            return;
        }
        if (colours != 1 && colours != 3) {
            throw new IllegalArgumentException(colours + " colours a pixel");
        }
        int width = image.getWidth();
        int[] row = new int[width * bands];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                float alpha =
                        model.hasAlpha() ? share(row[x * bands + colours], model, colours) : 1;
                for (int c = 0; c < 3; c++) {
                    int band = colours == 1 ? 0 : c;
                    float value = share(row[x * bands + band], model, band);
                    values[(y * width + x) * 3 + c] =
                            alpha * value + (1 - alpha) * behind.channel(c);
                }
            }
        }
    }

    /** Cyan, magenta, yellow and black ink, of 8 bits each; the JDK gives 255 for full ink. */
    private static void printed(Raster raster, float[] values) {
        int width = raster.getWidth();
        int[] row = new int[width * 4];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                float light = 255 - row[x * 4 + 3];
                for (int c = 0; c < 3; c++) {
                    values[(y * width + x) * 3 + c] =
                            (255 - row[x * 4 + c]) * light / (255f * 255f);
                }
            }
        }
    }

    private static float share(int sample, ColorModel model, int band) {
        return sample / (float) ((1L << model.getComponentSize(band)) - 1);
    }

    /** Palettes and packed pixels, which are in sRGB: as the JDK looks them up. */
    private static void looked(BufferedImage image, Colour behind, float[] values) {
        int width = image.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                float alpha = (row[x] >>> 24) / 255f;
                for (int c = 0; c < 3; c++) {
                    float value = (row[x] >>> (16 - 8 * c) & 0xff) / 255f;
                    values[(y * width + x) * 3 + c] =
                            alpha * value + (1 - alpha) * behind.channel(c);
                }
            }
        }
    }

    /** 8 bits a channel. */
    static BufferedImage image(Image image) {
        int width = image.width();
        int height = image.height();
        boolean grey = image.channels() == 1;
        BufferedImage buffered =
                new BufferedImage(
                        width,
                        height,
                        grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[width * image.channels()];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < row.length; i++) {
                float value = image.values()[y * row.length + i];
                row[i] = Math.round(Math.clamp(value, 0, 1) * 255);
            }
            buffered.getRaster().setPixels(0, y, width, 1, row);
        }
        return buffered;
    }
}
