package dev.unroll.formats.video;

import dev.unroll.formats.image.Image;
import java.io.IOException;

/** Is shown frames. */
@FunctionalInterface
public interface FrameReader {

    /**
     * Takes the next frame.
     *
     * @param frame in colour
     * @throws IOException if the reader cannot use or store the frame
     */
    void accept(Image frame) throws IOException;
}
