package dev.unroll.formats.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskTest {

    @TempDir Path folder;

    private Path grey(String name, float... values) throws IOException {
        Path file = folder.resolve(name);
        ImageFile.write(file, new Image(values.length, 1, 1, values));
        return file;
    }

    @Test
    void masks_of_zeros_and_ones_are_refused_and_black_ones_are_without_an_object()
            throws IOException {
        for (float dim : new float[] {1 / 255f, 7 / 255f, 127 / 255f}) {
            Path file = grey("dim.png", 0, dim, 0);
            assertThatThrownBy(() -> ImageMask.read(file))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContainingAll(file.toString(), "255 instead of 1");
        }
        assertThatThrownBy(() -> ImageMask.read(grey("one.png", 0, 1 / 255f)))
                .hasMessageContaining("its brightest has 0.39 % of full brightness");
        assertThat(ImageMask.read(grey("black.png", 0, 0, 0)).area()).isZero();
        assertThat(ImageMask.read(grey("white.png", 1, 128 / 255f, 0.2f)).inside())
                .containsExactly(true, true, false);
    }

    @Test
    void what_is_transparent_in_a_mask_is_outside() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 0, 0xffffffff);
        Path file = folder.resolve("clear.png");
        ImageIO.write(image, "png", file.toFile());
        assertThat(ImageMask.read(file).inside()).containsExactly(false, true);
    }

    private static void fit(int maskWidth, int maskHeight, int width, int height) {
        new ImageMask(maskWidth, maskHeight, new boolean[maskWidth * maskHeight])
                .requireShapeOf(new Image(width, height, 1, new float[width * height]), "m.png");
    }

    @Test
    void a_mask_has_the_shape_of_its_frame_but_for_rounding() {
        fit(427, 240, 854, 480);
        fit(216, 120, 854, 480);
        fit(8, 5, 854, 480);
        fit(3, 2, 854, 480);
        fit(1920, 1080, 854, 480);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit(640, 480, 854, 480))
                .withMessageContainingAll("m.png", "640 x 480", "854 x 480");
        assertThatIllegalArgumentException().isThrownBy(() -> fit(480, 854, 854, 480));
    }

    @Test
    void colours_of_a_palette_count_as_inside_and_noise_does_not() {
        Image image = new Image(2, 1, 3, new float[] {128 / 255f, 0, 0, 0.03f, 0.03f, 0.03f});
        assertThat(ImageMask.of(image).inside()).containsExactly(true, false);
        assertThat(ImageMask.of(ImageMask.of(image).image()).inside()).containsExactly(true, false);
    }

    @Test
    void a_label_of_a_palette_that_is_too_dark_to_be_inside_is_refused_and_greys_are_not()
            throws IOException {
        byte[] red = {0, (byte) 128, 64, 100};
        byte[] others = {0, 0, 0, 100};
        IndexColorModel palette = new IndexColorModel(2, 4, red, others, others);
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setSample(0, 0, 0, 1);
        image.getRaster().setSample(1, 0, 0, 3);
        Path file = folder.resolve("labels.png");
        ImageIO.write(image, "png", file.toFile());
        assertThat(ImageMask.read(file).inside()).containsExactly(true, false, false);
        image.getRaster().setSample(2, 0, 0, 2);
        ImageIO.write(image, "png", file.toFile());
        assertThatThrownBy(() -> ImageMask.read(file))
                .isInstanceOf(ImageException.class)
                .hasMessageContainingAll(file.toString(), "column 2 of row 0", "(64, 0, 0)");
    }
}
