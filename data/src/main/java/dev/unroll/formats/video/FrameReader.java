package dev.unroll.formats.video;

import dev.unroll.formats.image.Picture;
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
    void accept(Picture frame) throws IOException;
}
