package dev.unroll.formats.image;

import dev.unroll.formats.files.FileFailure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Image files: PNG, JPEG, GIF and BMP in, PNG out. Of an animation the first frame is read, at its
 * place on the animation's screen, which is transparent where the frame does not cover it. An image
 * is turned the right way up if it notes how its camera was held (EXIF, in JPEG and PNG). Colour
 * profiles are not looked at: numbers are taken as stored. Printing inks (CMYK and YCCK in JPEG,
 * with 0 for full ink, as Adobe stores them) become red = (1 - cyan) (1 - black), and so on.
 */
public final class ImageFile {
    private ImageFile() {}

    /**
     * Reads an image in colour, what is transparent laid over white.
     *
     * @param file of a PNG, JPEG, GIF or BMP
     * @return the image
     * @throws ImageException if it is no image, damaged, or too large
     */
    public static Image read(Path file) throws ImageException {
        return read(file, Colour.WHITE, ImageLimits.STANDARD);
    }

    /**
     * Reads an image in colour.
     *
     * @param file of a PNG, JPEG, GIF or BMP
     * @param behind what shows where it is transparent
     * @param limits how large it may be
     * @return the image
     * @throws ImageException if it is no image, damaged, or larger than the limits
     */
    public static Image read(Path file, Colour behind, ImageLimits limits) throws ImageException {
        return read(file.toString(), bytes(file, limits), behind, limits);
    }

    /** The bytes of a file that is no larger than the limits. */
    static byte[] bytes(Path file, ImageLimits limits) throws ImageException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new ImageException(name + ": is a folder; give an image in it");
        }
        if (!Files.exists(file)) {
            throw new ImageException(name + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.isRegularFile(file)) {
                limits.requireBytes(name, Files.size(file));
            }
            // One byte more than allowed is enough to see that it is too many.
            int most = (int) Math.min(limits.bytes() + 1, Integer.MAX_VALUE - 8);
            return in.readNBytes(most);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(FileFailure.told(file, e), e);
        }
    }

    /**
     * Reads an image from the bytes of its file.
     *
     * @param name for messages
     * @param bytes of the file
     * @param behind what shows where it is transparent
     * @param limits how large it may be
     * @return the image
     * @throws ImageException if it is no image, damaged, or larger than the limits
     */
    public static Image read(String name, byte[] bytes, Colour behind, ImageLimits limits)
            throws ImageException {
        return read(name, bytes, image -> Pixels.over(image, behind), limits);
    }

    /** What becomes of an image as the JDK reads it. */
    @FunctionalInterface
    interface Reading<T> {
        T of(BufferedImage image) throws ImageException;
    }

    static <T> T read(String name, byte[] bytes, Reading<T> reading, ImageLimits limits)
            throws ImageException {
        limits.requireBytes(name, bytes.length);
        ImageFormat format =
                ImageFormat.of(bytes)
                        .orElseThrow(
                                () ->
                                        new ImageException(
                                                name
                                                        + ": is not a PNG, JPEG, GIF or BMP"
                                                        + " image; save it as one of these"));
        Cleaned clean =
                switch (format) {
                    case PNG -> PngChunks.pixels(name, bytes);
                    case JPEG -> JpegSegments.cleaned(bytes);
                    case GIF -> new Cleaned(bytes, Orientation.TOP_LEFT);
                    case BMP -> BmpHeader.cleaned(name, bytes);
                };
        try {
            BufferedImage stored = decoded(name, format, clean.bytes(), limits);
            return reading.of(clean.orientation().upright(stored));
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damage with exceptions of many kinds.
            throw new ImageException(
                    "%s: is damaged, or a kind of %s that is not read (%s); save it again, best as"
                                    .formatted(name, format, reason(e))
                            + " a PNG in RGB",
                    e);
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    "%s: needs more memory than this process has; scale it down, or give Java more"
                                    .formatted(name)
                            + " memory with -Xmx",
                    e);
        }
    }

    private static BufferedImage decoded(
            String name, ImageFormat format, byte[] bytes, ImageLimits limits) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.plugin()).next();
        List<String> warnings = new ArrayList<>();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, false, true);
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            limits.requireSize(name, reader.getWidth(0), reader.getHeight(0));
            Optional<GifScreen> screen =
                    format == ImageFormat.GIF ? GifScreen.of(reader) : Optional.empty();
            if (screen.isPresent()) {
                limits.requireSize(name, screen.get().width(), screen.get().height());
            }
            BufferedImage frame = reader.read(0);
            BufferedImage image = screen.isPresent() ? screen.get().with(frame) : frame;
            if (warnings.stream().anyMatch(ImageFile::tellsOfAnEarlyEnd)) {
                throw new ImageException(truncated(name));
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /** A JPEG that breaks off is filled up with grey, and only a warning tells. */
    private static boolean tellsOfAnEarlyEnd(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("premature") || lower.contains("truncated");
    }

    static String truncated(String name) {
        return name + ": ends before the image does; copy or download it again";
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /**
     * {@return the bytes of a PNG, 8 bits a channel; numbers outside 0 to 1 are cut off there}
     *
     * @param image in grey or in colour
     */
    public static byte[] png(Image image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(Pixels.image(image), "png", out)) {
                throw new IllegalStateException("this Java has no writer for PNG");
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory was not writable", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes a PNG.
     *
     * @param file to be written
     * @param image in grey or in colour
     * @throws ImageException if the file cannot be written
     */
    public static void write(Path file, Image image) throws ImageException {
        try {
            Files.write(file, png(image));
        } catch (IOException e) {
            throw new ImageException(
                    "%s: cannot be written: %s; see that its folder is there and yours"
                            .formatted(file, e),
                    e);
        }
    }
}
