package dev.unroll.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes and colours of JPEG files that a camera or a printer's program writes. */
class JpegKindsTest {
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final float TOLERANCE = 0.03f;

    private static Image parse(byte[] bytes) throws ImageException {
        return ImageFile.read("an image", bytes, Colour.WHITE, ImageLimits.STANDARD);
    }

    private static byte[] jpeg(IIOImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A segment right behind the start of the file. */
    private static byte[] with(byte[] jpeg, int marker, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(jpeg, 0, 2);
        out.write(0xff);
        out.write(marker);
        out.writeShort(content.length + 2);
        out.write(content);
        out.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A block of TIFF with two entries, a maker and an orientation. */
    private static byte[] tiff(int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
        tiff.put(ascii(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"));
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 271).putShort((short) 2).putInt(4).put(ascii("abc\0"));
        tiff.putShort((short) 274).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
        return tiff.array();
    }

    private static byte[] exif(int orientation, ByteOrder order) {
        byte[] tiff = tiff(orientation, order);
        byte[] content = Arrays.copyOf(ascii("Exif\0\0"), 6 + tiff.length);
        System.arraycopy(tiff, 0, content, 6, tiff.length);
        return content;
    }

    /** 48 x 32 stored pixels: upper left quarter red, upper right green, lower left blue, white. */
    private static BufferedImage quarters() {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                int upper = x < 24 ? 0xff0000 : 0x00ff00;
                int lower = x < 24 ? 0x0000ff : 0xffffff;
                image.setRGB(x, y, y < 16 ? upper : lower);
            }
        }
        return image;
    }

    private static char colour(Image image, int x, int y) {
        boolean red = image.at(x, y, 0) > 0.5f;
        boolean green = image.at(x, y, 1) > 0.5f;
        return red ? (green ? 'w' : 'r') : (green ? 'g' : 'b');
    }

    private static String shown(Image image) {
        int right = image.width() - 8;
        int below = image.height() - 8;
        return "%dx%d %c%c%c%c"
                .formatted(
                        image.width(),
                        image.height(),
                        colour(image, 7, 7),
                        colour(image, right, 7),
                        colour(image, 7, below),
                        colour(image, right, below));
    }

    /**
     * The standard says where the stored first row and first column lie when the image is shown,
     * such as for 6 the first row on the right and the first column at the top.
     */
    @ParameterizedTest
    @CsvSource({
        "1,48x32 rgbw", // row at the top, column at the left
        "2,48x32 grwb", // top, right
        "3,48x32 wbgr", // bottom, right
        "4,48x32 bwrg", // bottom, left
        "5,32x48 rbgw", // left, top
        "6,32x48 brwg", // right, top
        "7,32x48 wgbr", // right, bottom
        "8,32x48 gwrb", // left, bottom
        "0,48x32 rgbw",
        "9,48x32 rgbw",
    })
    void an_image_is_turned_the_way_up_that_its_camera_noted(int orientation, String expected)
            throws IOException {
        byte[] jpeg = jpeg(new IIOImage(quarters(), null, null));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Image image = parse(with(jpeg, APP1, exif(orientation, order)));
            assertThat(shown(image)).as("%s", order).isEqualTo(expected);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(quarters(), "png", png);
        byte[] noted =
                ImageFileTest.withChunk(
                        png.toByteArray(), "eXIf", tiff(orientation, ByteOrder.BIG_ENDIAN));
        assertThat(shown(parse(noted))).as("PNG").isEqualTo(expected);
    }

    @Test
    void damaged_notes_turn_nothing() throws IOException {
        byte[] jpeg = jpeg(new IIOImage(quarters(), null, null));
        byte[] good = exif(6, ByteOrder.BIG_ENDIAN);
        for (int length = 0; length < good.length - 8; length++) {
            Image image = parse(with(jpeg, APP1, Arrays.copyOf(good, length)));
            assertThat(shown(image)).as("%d bytes", length).isEqualTo("48x32 rgbw");
        }
        byte[] far = good.clone();
        far[10] = (byte) 0xff; // the first list of entries at 4 billion
        assertThat(shown(parse(with(jpeg, APP1, far)))).isEqualTo("48x32 rgbw");
        byte[] many = good.clone();
        many[14] = (byte) 0xff; // 65,282 entries
        many[28] = 0x7f; // and none that is an orientation
        assertThat(shown(parse(with(jpeg, APP1, many)))).isEqualTo("48x32 rgbw");
    }

    /** Stored inks, each from 0 (full) to 255 (none). */
    private static byte[] inks(int... stored) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, stored);
        }
        return jpeg(new IIOImage(raster, null, null));
    }

    private static byte[] adobe(int transform) {
        return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    }

    private static void assertColour(Image image, double... rgb) {
        for (int c = 0; c < 3; c++) {
            assertThat(image.at(8, 8, c))
                    .as("channel %d", c)
                    .isCloseTo((float) rgb[c], within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "255,255,255,255", // paper
        "0,255,255,255", // cyan
        "255,0,255,255",
        "255,255,0,255",
        "255,255,255,0", // black
        "200,100,50,128",
    })
    void printing_inks_are_mixed_as_they_would_be_on_paper(int c, int m, int y, int k)
            throws IOException {
        double light = k / 255.0;
        double[] expected = {c / 255.0 * light, m / 255.0 * light, y / 255.0 * light};
        byte[] jpeg = inks(c, m, y, k);
        assertColour(parse(with(jpeg, APP14, adobe(0))), expected);
        assertColour(parse(jpeg), expected);
    }

    /** The formula of JFIF gives red, green, blue, of which inks are the rest (T.872, 6.5.3). */
    @ParameterizedTest
    @CsvSource({"128,128,128,255", "60,128,128,200", "150,90,160,255", "120,150,110,100"})
    void inks_that_are_stored_as_lightness_and_two_differences_are_mixed_too(
            int y, int cb, int cr, int k) throws IOException {
        double[] inks = {
            y + 1.402 * (cr - 128),
            y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128),
            y + 1.772 * (cb - 128)
        };
        double[] expected = Arrays.stream(inks).map(ink -> (255 - ink) / 255 * k / 255).toArray();
        assertColour(parse(with(inks(y, cb, cr, k), APP14, adobe(2))), expected);
    }

    @Test
    void inks_are_turned_the_right_way_up_too() throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 48, 32, 4, null);
        BufferedImage quarters = quarters();
        for (int i = 0; i < 48 * 32; i++) {
            int rgb = quarters.getRGB(i % 48, i / 48);
            int[] stored = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 255};
            raster.setPixel(i % 48, i / 48, stored);
        }
        byte[] jpeg = with(jpeg(new IIOImage(raster, null, null)), APP14, adobe(0));
        assertThat(shown(parse(with(jpeg, APP1, exif(6, ByteOrder.LITTLE_ENDIAN)))))
                .isEqualTo("32x48 brwg");
    }

    @ParameterizedTest
    @ValueSource(ints = {ColorSpace.CS_LINEAR_RGB, ColorSpace.CS_GRAY, ColorSpace.CS_sRGB})
    void a_colour_profile_changes_no_number(int space) throws IOException {
        byte[] jpeg = jpeg(new IIOImage(quarters(), null, null));
        byte[] profile = ICC_Profile.getInstance(space).getData();
        byte[] content = Arrays.copyOf(ascii("ICC_PROFILE\0\1\1"), 14 + profile.length);
        System.arraycopy(profile, 0, content, 14, profile.length);
        assertThat(parse(with(jpeg, APP2, content)).values()).isEqualTo(parse(jpeg).values());
    }
}
