package dev.unroll.tasks.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A video that cannot be read; the message names the file and says what to do. */
public final class VideoException extends IOException {
    private static final long serialVersionUID = 1L;

    public VideoException(String message) {
        super(message);
    }

    public VideoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
