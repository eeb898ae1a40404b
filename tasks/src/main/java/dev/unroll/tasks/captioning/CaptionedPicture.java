package dev.unroll.tasks.captioning;

import dev.unroll.formats.image.Picture;
import java.util.List;

/**
 * A picture and what it shows.
 *
 * @param name for people, such as the name of its file
 * @param picture at any size
 * @param captions what it shows, one or more; each is learnt, and each is right
 */
public record CaptionedPicture(String name, Picture picture, List<String> captions) {

    /**
     * @throws IllegalArgumentException if there is no caption
     */
    public CaptionedPicture {
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(
                    "picture %s has no caption: give it at least one".formatted(name));
        }
    }

    /** A picture with one caption. */
    public CaptionedPicture(String name, Picture picture, String caption) {
        this(name, picture, List.of(caption));
    }
}
