package dev.unroll.formats.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A video that cannot be read; the message names the file and says what to do. */
public final class VideoException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a failure of a video.
     *
     * @param message names the file and what is wrong with it
     */
    public VideoException(String message) {
        super(message);
    }

    /**
     * Makes a failure of a video with its cause.
     *
     * @param message names the file and what is wrong with it
     * @param cause if there is one
     */
    public VideoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
