package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Image;
import java.util.List;

/**
 * An image and what it shows.
 *
 * @param name for people, such as the name of its file
 * @param image at any size
 * @param captions what it shows, one or more; each is learnt, and each is right
 */
public record CaptionedImage(String name, Image image, List<String> captions) {

    /**
     * @throws IllegalArgumentException if there is no caption
     */
    public CaptionedImage {
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(
                    "image %s has no caption: give it at least one".formatted(name));
        }
    }

    /** An image with one caption. */
    public CaptionedImage(String name, Image image, String caption) {
        this(name, image, List.of(caption));
    }
}
