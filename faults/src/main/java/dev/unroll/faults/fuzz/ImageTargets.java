package dev.unroll.faults.fuzz;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageLimits;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.formats.video.AnimatedGif;
import dev.unroll.formats.video.Video;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/** Readers of images and videos, with limits that are as small as the images. */
final class ImageTargets {
    private static final int SIDE = 12;
    private static final ImageLimits LIMITS = new ImageLimits(1 << 18, 256, 1 << 14);
    private static final VideoLimits VIDEO =
            new VideoLimits(1 << 20, 64, 1 << 14, Duration.ofSeconds(3));
    private static final int PNG_START = 8;

    private ImageTargets() {}

    static List<Target> in(Path memory, Path disk) throws IOException {
        System.setProperty("unroll.ffmpeg", "none"); // the library, which runs in this process
        List<Target> targets = new ArrayList<>();
        targets.add(
                images("png", pngs())
                        .repairing(ImageTargets::withChecksums)
                        .words("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iCCP", "zTXt"));
        targets.add(images("jpeg", written("jpeg")).words("\u00ff\u00d8", "JFIF", "Exif"));
        targets.add(images("bmp", bmps()));
        targets.add(images("gif", gifs(disk)).words("GIF89a", "GIF87a", "NETSCAPE2.0"));
        targets.add(
                Target.of(
                                "mask",
                                pngs(),
                                new Scratch(memory.resolve("mask")).file("a.png", ImageMask::read))
                        .repairing(ImageTargets::withChecksums)
                        .refusing(ImageException.class)
                        .mebibytes(2_000)
                        .share(4));
        targets.add(
                Target.of(
                                "mp4",
                                List.of(video(disk)),
                                new Scratch(disk.resolve("mp4"))
                                        .file(
                                                "a.mp4",
                                                file -> Video.of(file, VIDEO).read(frame -> {})))
                        .words(
                                "moov", "trak", "stsd", "avc1", "avcC", "stts", "stsc", "stsz",
                                "stco", "mdat", "free", "ftyp", "edts", "elst")
                        .refusing(VideoException.class)
                        .onManyThreads()
                        .mebibytes(64)
                        .share(1));
        return targets;
    }

    private static Target images(String name, List<byte[]> seeds) {
        return Target.of(
                        name,
                        seeds,
                        input -> ImageFile.read("a." + name, input, Colour.WHITE, LIMITS))
                .refusing(ImageException.class)
                .share(6);
    }

    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(SIDE, SIDE - 3, type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, (x * 20 << 16) | (y * 25 << 8) | (x * y) | 0xFF00_0000);
            }
        }
        return image;
    }

    private static byte[] bytes(String format, int type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture(type), format, out);
        return out.toByteArray();
    }

    private static List<byte[]> written(String format) throws IOException {
        return List.of(
                bytes(format, BufferedImage.TYPE_INT_RGB),
                bytes(format, BufferedImage.TYPE_BYTE_GRAY));
    }

    private static List<byte[]> bmps() throws IOException {
        List<byte[]> all = new ArrayList<>(written("bmp"));
        for (String compression : List.of("BI_RLE8", "BI_BITFIELDS")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageWriter writer = ImageIO.getImageWritersByFormatName("bmp").next();
            try (var out = new MemoryCacheImageOutputStream(bytes)) {
                ImageWriteParam settings = writer.getDefaultWriteParam();
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionType(compression);
                writer.setOutput(out);
                int type =
                        compression.equals("BI_RLE8")
                                ? BufferedImage.TYPE_BYTE_INDEXED
                                : BufferedImage.TYPE_USHORT_565_RGB;
                writer.write(null, new IIOImage(picture(type), null, null), settings);
            } finally {
                writer.dispose();
            }
            all.add(bytes.toByteArray());
        }
        return all;
    }

    private static List<byte[]> pngs() throws IOException {
        return List.of(
                bytes("png", BufferedImage.TYPE_INT_RGB),
                bytes("png", BufferedImage.TYPE_INT_ARGB),
                bytes("png", BufferedImage.TYPE_BYTE_GRAY),
                bytes("png", BufferedImage.TYPE_BYTE_INDEXED),
                bytes("png", BufferedImage.TYPE_USHORT_GRAY),
                bytes("png", BufferedImage.TYPE_BYTE_BINARY));
    }

    private static List<byte[]> gifs(Path disk) throws IOException {
        Path file = Files.createDirectories(disk.resolve("seeds")).resolve("moving.gif");
        try (AnimatedGif gif = new AnimatedGif(file, 5)) {
            for (int i = 0; i < 3; i++) {
                gif.add(Image.filled(SIDE, SIDE, new Colour(i * 0.3f, 0.5f, 0.2f)));
            }
        }
        byte[] moving = Files.readAllBytes(file);
        Files.delete(file);
        return List.of(bytes("gif", BufferedImage.TYPE_BYTE_INDEXED), moving);
    }

    /** Makes the checksums of a PNG's chunks right, as far as its chunks can be walked over. */
    static byte[] withChecksums(byte[] input) {
        byte[] repaired = input.clone();
        ByteBuffer bytes = ByteBuffer.wrap(repaired);
        int at = PNG_START;
        while (at + 12 <= repaired.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > repaired.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(repaired, at + 4, length + 4);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return repaired;
    }

    private static byte[] video(Path disk) throws IOException {
        Path file = Files.createDirectories(disk.resolve("seeds")).resolve("made.mp4");
        SequenceEncoder encoder = SequenceEncoder.create25Fps(file.toFile());
        for (int i = 0; i < 3; i++) {
            Picture frame = Picture.create(32, 16, ColorSpace.RGB);
            byte[] plane = frame.getPlaneData(0);
            for (int at = 0; at < plane.length; at++) {
                plane[at] = (byte) (at * 5 + i * 20);
            }
            encoder.encodeNativeFrame(frame);
        }
        encoder.finish();
        byte[] made = Files.readAllBytes(file);
        Files.delete(file);
        return made;
    }
}
