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
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Picture files: PNG, JPEG, GIF and BMP in, PNG out. Of an animation the first frame is read.
 * Colour profiles and notes on which side is up are not looked at: numbers are taken as stored.
 */
public final class PictureFile {
    private PictureFile() {}

    /**
     * Reads a picture in colour, what is transparent laid over white.
     *
     * @param file of a PNG, JPEG, GIF or BMP
     * @return the image
     * @throws PictureException if it is no picture, damaged, or too large
     */
    public static Picture read(Path file) throws PictureException {
        return read(file, Colour.WHITE, PictureLimits.STANDARD);
    }

    /**
     * Reads a picture in colour.
     *
     * @param file of a PNG, JPEG, GIF or BMP
     * @param behind what shows where it is transparent
     * @param limits how large it may be
     * @return the image
     * @throws PictureException if it is no picture, damaged, or larger than the limits
     */
    public static Picture read(Path file, Colour behind, PictureLimits limits)
            throws PictureException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new PictureException(name + ": is a folder; give a picture in it");
        }
        if (!Files.exists(file)) {
            throw new PictureException(name + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.isRegularFile(file)) {
                limits.requireBytes(name, Files.size(file));
            }
            // One byte more than allowed is enough to see that it is too many.
            int most = (int) Math.min(limits.bytes() + 1, Integer.MAX_VALUE - 8);
            return read(name, in.readNBytes(most), behind, limits);
        } catch (PictureException e) {
            throw e;
        } catch (IOException e) {
            throw new PictureException(FileFailure.told(file, e), e);
        }
    }

    /**
     * Reads a picture from the bytes of its file.
     *
     * @param name for messages
     * @param bytes of the file
     * @param behind what shows where it is transparent
     * @param limits how large it may be
     * @return the image
     * @throws PictureException if it is no picture, damaged, or larger than the limits
     */
    public static Picture read(String name, byte[] bytes, Colour behind, PictureLimits limits)
            throws PictureException {
        limits.requireBytes(name, bytes.length);
        PictureFormat format =
                PictureFormat.of(bytes)
                        .orElseThrow(
                                () ->
                                        new PictureException(
                                                name
                                                        + ": is not a PNG, JPEG, GIF or BMP"
                                                        + " picture; save it as one of these"));
        byte[] clean =
                switch (format) {
                    case PNG -> PngChunks.pixels(name, bytes);
                    case JPEG, GIF, BMP -> bytes;
                };
        try {
            return Pixels.over(decoded(name, format, clean, limits), behind);
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damage with exceptions of many kinds.
            throw new PictureException(
                    "%s: is damaged, or a kind of %s that is not read (%s); save it again, best as"
                                    .formatted(name, format, reason(e))
                            + " a PNG in RGB",
                    e);
        } catch (OutOfMemoryError e) {
            throw new PictureException(
                    "%s: needs more memory than this process has; scale it down, or give Java more"
                                    .formatted(name)
                            + " memory with -Xmx",
                    e);
        }
    }

    private static BufferedImage decoded(
            String name, PictureFormat format, byte[] bytes, PictureLimits limits)
            throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.plugin()).next();
        List<String> warnings = new ArrayList<>();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, false, true);
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            limits.requireSize(name, reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            if (warnings.stream().anyMatch(PictureFile::tellsOfAnEarlyEnd)) {
                throw new PictureException(truncated(name));
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
        return name + ": ends before the picture does; copy or download it again";
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /**
     * {@return the bytes of a PNG, 8 bits a channel; numbers outside 0 to 1 are cut off there}
     *
     * @param picture in grey or in colour
     */
    public static byte[] png(Picture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(Pixels.image(picture), "png", out)) {
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
     * @param picture in grey or in colour
     * @throws PictureException if the file cannot be written
     */
    public static void write(Path file, Picture picture) throws PictureException {
        try {
            Files.write(file, png(picture));
        } catch (IOException e) {
            throw new PictureException(
                    "%s: cannot be written: %s; see that its folder is there and yours"
                            .formatted(file, e),
                    e);
        }
    }
}
