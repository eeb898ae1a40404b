package dev.unroll.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
    @TempDir Path folder;

    private static Image parse(byte[] bytes) throws ImageException {
        return ImageFile.read("an image", bytes, Colour.WHITE, ImageLimits.STANDARD);
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /** Left half red, right half blue. */
    private static BufferedImage halves(int type) {
        BufferedImage image = new BufferedImage(32, 16, type);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 32; x++) {
                image.setRGB(x, y, x < 16 ? 0xffff0000 : 0xff0000ff);
            }
        }
        return image;
    }

    /** A PNG of chunks; IEND is added. */
    static byte[] png(byte[] ihdr, Object... chunks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(out, "IHDR", ihdr);
        for (int i = 0; i < chunks.length; i += 2) {
            chunk(out, (String) chunks[i], (byte[]) chunks[i + 1]);
        }
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    /** A PNG with one more chunk behind its first, which has 25 bytes. */
    static byte[] withChunk(byte[] png, String type, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(png, 0, 8 + 25);
        chunk(out, type, data);
        out.write(png, 8 + 25, png.length - 8 - 25);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    private static byte[] ihdr(int width, int height, int colourType) throws IOException {
        return ihdr(width, height, 8, colourType);
    }

    static byte[] ihdr(int width, int height, int bits, int colourType) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {(byte) bits, (byte) colourType, 0, 0, 0});
        return bytes.toByteArray();
    }

    static byte[] deflated(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png,0.001", "jpg,0.05", "gif,0.001", "bmp,0.001"})
    void each_format_gives_back_its_colours(String format, float tolerance) throws IOException {
        Image image = parse(encoded(halves(BufferedImage.TYPE_INT_RGB), format));

        assertThat(image.width()).isEqualTo(32);
        assertThat(image.height()).isEqualTo(16);
        assertThat(image.at(3, 8, 0)).isCloseTo(1, within(tolerance));
        assertThat(image.at(3, 8, 2)).isCloseTo(0, within(tolerance));
        assertThat(image.at(28, 8, 0)).isCloseTo(0, within(tolerance));
        assertThat(image.at(28, 8, 2)).isCloseTo(1, within(tolerance));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void grey_comes_out_as_stored(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        int[] samples = new int[64];
        Arrays.fill(samples, 102);
        image.getRaster().setPixels(0, 0, 8, 8, samples);

        // A GIF's palette has steps of its own.
        float tolerance = format.equals("gif") ? 0.05f : 0.01f;
        if (!format.equals("gif")) {
            assertThat(parse(encoded(image, format)).at(4, 4, 1))
                    .isCloseTo(0.4f, within(tolerance));
        } else {
            assertThat(parse(encoded(halves(BufferedImage.TYPE_BYTE_INDEXED), format)).at(1, 1, 0))
                    .isCloseTo(1, within(tolerance));
        }
    }

    @Test
    void sixteen_bits_a_pixel_are_read_to_the_last() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixel(0, 0, new int[] {13107});

        assertThat(parse(encoded(image, "png")).at(0, 0, 0)).isCloseTo(0.2f, within(1e-6f));
    }

    @Test
    void what_is_transparent_lies_over_the_colour_behind() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00ff0000);
        image.setRGB(1, 0, 0x80000000);
        byte[] bytes = encoded(image, "png");

        Image white = parse(bytes);
        Image green = ImageFile.read("p", bytes, new Colour(0, 1, 0), ImageLimits.STANDARD);

        assertThat(white.at(0, 0, 1)).isEqualTo(1);
        assertThat(white.at(1, 0, 1)).isCloseTo(1 - 128 / 255f, within(1e-5f));
        assertThat(green.at(0, 0, 0)).isEqualTo(0);
        assertThat(green.at(0, 0, 1)).isEqualTo(1);
    }

    @Test
    void of_an_animation_the_first_frame_is_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int rgb : new int[] {0xffff0000, 0xff0000ff}) {
                BufferedImage frame = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
                for (int i = 0; i < 16; i++) {
                    frame.setRGB(i % 4, i / 4, rgb);
                }
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        }

        assertThat(parse(bytes.toByteArray()).at(2, 2, 0)).isEqualTo(1);
    }

    @Test
    void what_was_written_is_read_again() throws IOException {
        Random random = new Random(5);
        float[] values = new float[5 * 7 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(256) / 255f;
        }
        Path file = folder.resolve("written.png");

        ImageFile.write(file, new Image(5, 7, 3, values));

        assertThat(ImageFile.read(file).values()).containsExactly(values, within(1e-6f));
    }

    @Test
    void a_grey_image_is_written_as_it_is() throws IOException {
        Image image = new Image(2, 1, 1, new float[] {0.2f, 0.6f});

        assertThat(parse(ImageFile.png(image)).grey().values())
                .containsExactly(image.values(), within(0.002f));
    }

    @Test
    void a_small_file_that_claims_a_huge_image_is_refused_before_it_is_decoded()
            throws IOException {
        byte[] bomb = png(ihdr(60_000, 60_000, 2), "IDAT", deflated(new byte[1 << 20]));

        assertThatThrownBy(() -> parse(bomb))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("an image: claims 60,000 x 60,000 pixels")
                .hasMessageContaining("scale it down");
    }

    @Test
    void many_pixels_with_short_sides_are_refused_too() throws IOException {
        byte[] bomb = png(ihdr(16_000, 16_000, 2), "IDAT", deflated(new byte[1 << 20]));

        assertThatThrownBy(() -> parse(bomb)).hasMessageContaining("40,000,000 in all");
    }

    @Test
    void text_that_inflates_without_end_is_not_looked_at() throws IOException {
        byte[] text = deflated(new byte[64 << 20]);
        byte[] note = new byte[text.length + 3];
        note[0] = 'a';
        System.arraycopy(text, 0, note, 3, text.length);
        Object[] chunks = new Object[2 * 70 + 4];
        for (int i = 0; i < 70; i++) {
            chunks[2 * i] = "zTXt"; // 4.4 GiB in all, more than the tests' memory
            chunks[2 * i + 1] = note;
        }
        chunks[140] = "PLTE";
        chunks[141] = new byte[] {(byte) 255, 0, 0};
        chunks[142] = "IDAT";
        chunks[143] = deflated(new byte[2]);

        assertThat(parse(png(ihdr(1, 1, 3), chunks)).at(0, 0, 0)).isEqualTo(1);
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        ImageLimits limits = new ImageLimits(100, 10, 100);

        assertThatThrownBy(() -> ImageFile.read("p", new byte[101], Colour.WHITE, limits))
                .hasMessageContaining("p: has 101 bytes, and at most 100 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void an_image_that_breaks_off_is_refused(String format) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        byte[] bytes = encoded(image, format);

        for (int tenths = 1; tenths < 10; tenths++) {
            byte[] piece = Arrays.copyOf(bytes, bytes.length * tenths / 10);
            assertThatThrownBy(() -> parse(piece))
                    .as("%d tenths of a %s", tenths, format)
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void damage_anywhere_gives_a_image_or_a_clear_error(String format) throws IOException {
        byte[] good = encoded(halves(BufferedImage.TYPE_INT_RGB), format);
        Random random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= trial % 5; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(parse(bad).values()).isNotEmpty();
            } catch (ImageException e) {
                assertThat(e).hasMessageContaining("an image: ");
            }
        }
    }

    @Test
    void runs_of_equal_pixels_in_a_bmp_are_read() throws IOException {
        Image image = parse(runs());
        assertThat(image.width()).isEqualTo(32);
        assertThat(image.values()).containsExactly(parse(encoded(indexed(), "png")).values());
    }

    @ParameterizedTest
    @CsvSource({"30,4", "30,5", "34,100000000", "46,100000000", "10,100000000", "10,-1"})
    void a_bmp_whose_header_claims_more_than_there_is_is_refused_before_its_pixels_are_read(
            int at, int number) throws IOException {
        byte[] bad = runs();
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        assertThatThrownBy(() -> parse(bad))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("an image: ")
                .hasMessageMatching(".*(copy or download it again|save it as a PNG).*");
    }

    /** Left half red, right half blue, of a palette. */
    private static BufferedImage indexed() {
        BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_INDEXED);
        image.createGraphics().drawImage(halves(BufferedImage.TYPE_INT_RGB), 0, 0, null);
        return image;
    }

    /** A BMP of the red and blue halves, compressed by run lengths (BI_RLE8). */
    private static byte[] runs() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("bmp").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionType("BI_RLE8");
            writer.setOutput(out);
            writer.write(null, new IIOImage(indexed(), null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Test
    void what_is_no_image_is_named() throws IOException {
        Path text = Files.writeString(folder.resolve("cat.png"), "this is no cat");
        Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);

        assertThatThrownBy(() -> ImageFile.read(text))
                .hasMessageContaining("cat.png: is not a PNG, JPEG, GIF or BMP image");
        assertThatThrownBy(() -> ImageFile.read(empty)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> ImageFile.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ImageFile.read(folder.resolve("none.png")))
                .hasMessageContaining("no such file");
    }

    @Test
    void the_format_is_told_by_the_bytes_and_not_by_the_name() throws IOException {
        Path file = folder.resolve("image.gif");
        Files.write(file, encoded(halves(BufferedImage.TYPE_INT_RGB), "png"));

        assertThat(ImageFile.read(file).at(0, 0, 0)).isEqualTo(1);
    }

    @Test
    void a_place_that_cannot_be_written_is_named() {
        assertThatThrownBy(
                        () ->
                                ImageFile.write(
                                        folder.resolve("none").resolve("p.png"),
                                        Image.filled(1, 1, Colour.WHITE)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("cannot be written");
    }

    /** A frame of 2 x 2 at (3, 1) of a screen of 6 x 4: GIF89a by hand, in two colours. */
    @Test
    void the_first_frame_of_an_animation_stands_at_its_place_on_the_screen() throws IOException {
        byte[] gif = {
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            6,
            0,
            4,
            0,
            (byte) 0x80,
            0,
            0, // a palette of 2
            0,
            0,
            0,
            (byte) 255,
            0,
            0, // black, red
            ',',
            3,
            0,
            1,
            0,
            2,
            0,
            2,
            0,
            0, // the frame's place and size
            2,
            3,
            0b01_001_100,
            (byte) 0b101_001_00,
            0b10,
            0,
            ';' // clear, 1, 1, 1, 1, end
        };
        // codes of 3 bits, least bits first: 4 (clear), 1, 1, 4 (clear), 1, 1, 5 (end)
        int[] codes = {4, 1, 1, 4, 1, 1, 5};
        int bits = 0;
        for (int i = 0; i < codes.length; i++) {
            bits |= codes[i] << (3 * i);
        }
        for (int i = 0; i < 3; i++) {
            gif[gif.length - 5 + i] = (byte) (bits >> (8 * i));
        }
        Image image = ImageFile.read("a.gif", gif, Colour.WHITE, ImageLimits.STANDARD);
        assertThat(image.width()).isEqualTo(6);
        assertThat(image.height()).isEqualTo(4);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 6; x++) {
                boolean inside = x >= 3 && x < 5 && y >= 1 && y < 3;
                int at = (y * 6 + x) * 3;
                assertThat(Arrays.copyOfRange(image.values(), at, at + 3))
                        .as("at %d, %d", x, y)
                        .containsExactly(1, inside ? 0 : 1, inside ? 0 : 1);
            }
        }
    }
}
