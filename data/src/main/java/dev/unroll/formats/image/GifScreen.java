package dev.unroll.formats.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The logical screen of a GIF whose first frame does not cover it.
 *
 * @param width of the screen in pixels
 * @param height of the screen in pixels
 * @param left pixels from the screen's left side to the frame
 * @param top pixels from the screen's top to the frame
 */
record GifScreen(int width, int height, int left, int top) {

    /** Of a reader of GIFs; none where the first frame covers the screen. */
    static Optional<GifScreen> of(ImageReader reader) throws IOException {
        IIOMetadata stream = reader.getStreamMetadata();
        IIOMetadata frame = reader.getImageMetadata(0);
        if (stream == null || frame == null) {
            return Optional.empty();
        }
        Optional<Element> screen = child(stream, "LogicalScreenDescriptor");
        Optional<Element> place = child(frame, "ImageDescriptor");
        if (screen.isEmpty() || place.isEmpty()) {
            return Optional.empty();
        }
        int left = number(place.get(), "imageLeftPosition");
        int top = number(place.get(), "imageTopPosition");
        int right = left + reader.getWidth(0);
        int bottom = top + reader.getHeight(0);
        int width = Math.max(number(screen.get(), "logicalScreenWidth"), right);
        int height = Math.max(number(screen.get(), "logicalScreenHeight"), bottom);
        return left == 0 && top == 0 && right == width && bottom == height
                ? Optional.empty()
                : Optional.of(new GifScreen(width, height, left, top));
    }

    /** The screen with the frame at its place, transparent around it. */
    BufferedImage with(BufferedImage frame) {
        BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = screen.createGraphics();
        try {
            graphics.drawImage(frame, left, top, null);
        } finally {
            graphics.dispose();
        }
        return screen;
    }

    private static Optional<Element> child(IIOMetadata metadata, String name) {
        Node root = metadata.getAsTree(metadata.getNativeMetadataFormatName());
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name) && node instanceof Element element) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static int number(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }
}
