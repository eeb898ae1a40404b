package dev.unroll.formats.video;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Writes frames as an animated GIF, which plays over and over; at most 256 colours a frame. */
public final class AnimatedGif implements AutoCloseable {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private final ImageWriter writer;
    private final ImageOutputStream out;
    private final int hundredths;
    private boolean first = true;

    /**
     * An animation in a file, which it replaces.
     *
     * @param file to be written
     * @param hundredths of a second that each frame is shown, 1 or more; many viewers show less
     *     than 2 as 10
     * @throws IOException if it cannot be written
     */
    public AnimatedGif(Path file, int hundredths) throws IOException {
        if (hundredths < 1 || hundredths > 65_535) {
            throw new IllegalArgumentException(
                    "frames are shown for 1 to 65,535 hundredths of a second, not " + hundredths);
        }
        this.hundredths = hundredths;
        this.writer = ImageIO.getImageWritersByFormatName("gif").next();
        Files.deleteIfExists(file);
        this.out = ImageIO.createImageOutputStream(file.toFile());
        if (out == null) {
            throw new IOException(file + ": cannot be written; see that its folder is there");
        }
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
    }

    /**
     * Adds a frame; all should have the size of the first.
     *
     * @param frame in grey or in colour
     * @throws IOException if it cannot be written
     */
    public void add(Image frame) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(ImageFile.png(frame)));
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(hundredths));
        control.setAttribute("transparentColorIndex", "0");
        if (first) {
            root.appendChild(playedForever());
            first = false;
        }
        metadata.setFromTree(FORMAT, root);
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
    }

    /** The extension of Netscape 2.0, with 0 for no end. */
    private static IIOMetadataNode playedForever() {
        IIOMetadataNode application = new IIOMetadataNode("ApplicationExtension");
        application.setAttribute("applicationID", "NETSCAPE");
        application.setAttribute("authenticationCode", "2.0");
        application.setUserObject(new byte[] {1, 0, 0});
        IIOMetadataNode all = new IIOMetadataNode("ApplicationExtensions");
        all.appendChild(application);
        return all;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode child = new IIOMetadataNode(name);
        root.appendChild(child);
        return child;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (!first) {
                writer.endWriteSequence();
            }
        } finally {
            writer.dispose();
        }
    }
}
