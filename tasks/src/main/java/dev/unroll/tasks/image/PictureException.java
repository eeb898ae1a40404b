package dev.unroll.tasks.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture that cannot be read or written; the message names the file and says what to do. */
public final class PictureException extends IOException {
    private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
