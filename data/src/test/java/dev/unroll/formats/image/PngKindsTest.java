package dev.unroll.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** All kinds of pixels of PNG (third edition, section 6.1), written by hand. */
class PngKindsTest {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;
    private static final Colour BEHIND = new Colour(0, 1, 0.5f);

    /** One row of pixels, over {@link #BEHIND}. */
    private static Image row(int width, int bits, int kind, int[] samples, Object... chunks)
            throws IOException {
        byte[] data = new byte[1 + samples.length]; // a 0 before each row: no filter
        for (int i = 0; i < samples.length; i++) {
            data[1 + i] = (byte) samples[i];
        }
        Object[] all = new Object[chunks.length + 2];
        System.arraycopy(chunks, 0, all, 0, chunks.length);
        all[chunks.length] = "IDAT";
        all[chunks.length + 1] = ImageFileTest.deflated(data);
        byte[] png = ImageFileTest.png(ImageFileTest.ihdr(width, 1, bits, kind), all);
        return ImageFile.read("a.png", png, BEHIND, ImageLimits.STANDARD);
    }

    private static void assertPixel(Image image, int x, double... rgb) {
        for (int c = 0; c < 3; c++) {
            assertThat(image.at(x, 0, c))
                    .as("pixel %d, channel %d", x, c)
                    .isCloseTo((float) rgb[c], within(1e-5f));
        }
    }

    /** A colour of which a share of alpha covers what lies behind. */
    private static double[] over(double alpha, double r, double g, double b) {
        return new double[] {alpha * r, alpha * g + (1 - alpha) * 1, alpha * b + (1 - alpha) * 0.5};
    }

    @Test
    void greys_of_1_2_and_4_bits_are_shares_of_the_largest() throws IOException {
        Image one = row(4, 1, GREY, new int[] {0b0110_0000});
        assertPixel(one, 0, 0, 0, 0);
        assertPixel(one, 1, 1, 1, 1);
        Image two = row(4, 2, GREY, new int[] {0b00_01_10_11});
        for (int x = 0; x < 4; x++) {
            assertPixel(two, x, x / 3.0, x / 3.0, x / 3.0);
        }
        Image four = row(2, 4, GREY, new int[] {0x4e});
        assertPixel(four, 0, 4 / 15.0, 4 / 15.0, 4 / 15.0);
        assertPixel(four, 1, 14 / 15.0, 14 / 15.0, 14 / 15.0);
    }

    @Test
    void grey_with_alpha_lies_over_what_is_behind() throws IOException {
        Image image = row(3, 8, GREY_ALPHA, new int[] {102, 255, 102, 0, 102, 51});
        assertPixel(image, 0, 0.4, 0.4, 0.4);
        assertPixel(image, 1, 0, 1, 0.5);
        assertPixel(image, 2, over(0.2, 0.4, 0.4, 0.4));
    }

    @Test
    void sixteen_bits_are_read_in_every_kind() throws IOException {
        Image grey = row(1, 16, GREY, new int[] {0x33, 0x34});
        double value = 0x3334 / 65_535.0;
        assertPixel(grey, 0, value, value, value);
        Image alpha = row(1, 16, GREY_ALPHA, new int[] {0x33, 0x34, 0x80, 0x01});
        assertPixel(alpha, 0, over(0x8001 / 65_535.0, value, value, value));
        Image rgb = row(1, 16, RGB, new int[] {0x33, 0x34, 0, 1, 0xff, 0xff});
        assertPixel(rgb, 0, value, 1 / 65_535.0, 1);
        Image both = row(1, 16, RGB_ALPHA, new int[] {0x33, 0x34, 0, 1, 0xff, 0xff, 0x40, 0});
        assertPixel(both, 0, over(0x4000 / 65_535.0, value, 1 / 65_535.0, 1));
    }

    @Test
    void a_palette_may_be_transparent_in_part() throws IOException {
        byte[] colours = {(byte) 255, 0, 0, 0, 51, (byte) 102, 0, 0, (byte) 255};
        byte[] alphas = {0, 51}; // the third is opaque
        Image image = row(3, 8, PALETTE, new int[] {0, 1, 2}, "PLTE", colours, "tRNS", alphas);
        assertPixel(image, 0, 0, 1, 0.5);
        assertPixel(image, 1, over(0.2, 0, 0.2, 0.4));
        assertPixel(image, 2, 0, 0, 1);
        Image small =
                row(3, 2, PALETTE, new int[] {0b00_01_10_00}, "PLTE", colours, "tRNS", alphas);
        assertThat(small.values()).isEqualTo(image.values());
    }

    @Test
    void one_colour_or_grey_may_stand_for_transparent() throws IOException {
        byte[] key = {0, 1, 0, 2, 0, 3};
        Image rgb = row(2, 8, RGB, new int[] {1, 2, 3, 255, 2, 3}, "tRNS", key);
        assertPixel(rgb, 0, 0, 1, 0.5);
        assertPixel(rgb, 1, 1, 2 / 255.0, 3 / 255.0);
        Image grey = row(2, 8, GREY, new int[] {7, 51}, "tRNS", new byte[] {0, 7});
        assertPixel(grey, 0, 0, 1, 0.5);
        assertPixel(grey, 1, 0.2, 0.2, 0.2);
    }
}
