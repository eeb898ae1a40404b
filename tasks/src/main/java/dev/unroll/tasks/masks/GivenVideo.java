package dev.unroll.tasks.masks;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageMask;
import java.util.List;

/**
 * The input of a segmenter: frames, and the mask of the first.
 *
 * @param name for people
 * @param frames at least one, all of one size
 * @param first the mask of the first frame, in the same size
 */
public record GivenVideo(String name, List<Image> frames, ImageMask first) {

    public GivenVideo {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("video " + name + ": has no frames");
        }
        for (Image frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException(
                        "video %s: a frame of %d x %d pixels and a first mask of %d x %d; give both"
                                        .formatted(
                                                name,
                                                frame.width(),
                                                frame.height(),
                                                first.width(),
                                                first.height())
                                + " in one size");
            }
        }
    }
}
