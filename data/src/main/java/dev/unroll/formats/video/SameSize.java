package dev.unroll.formats.video;

import dev.unroll.formats.image.Image;
import java.nio.file.Path;

/** Holds every frame of a video to the size of its first. */
final class SameSize {
    private int width;
    private int height;

    void require(Path from, Image frame) throws VideoException {
        if (width == 0) {
            width = frame.width();
            height = frame.height();
        }
        if (frame.width() != width || frame.height() != height) {
            throw new VideoException(
                    "%s: a frame of %d x %d pixels in a video of %d x %d; give frames of one size"
                            .formatted(from, frame.width(), frame.height(), width, height));
        }
    }
}
