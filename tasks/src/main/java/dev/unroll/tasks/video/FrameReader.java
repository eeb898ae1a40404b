package dev.unroll.tasks.video;

import dev.unroll.tasks.image.Picture;
import java.io.IOException;

/** Is shown frames. */
@FunctionalInterface
public interface FrameReader {

    /** The next frame, in colour. */
    void accept(Picture frame) throws IOException;
}
