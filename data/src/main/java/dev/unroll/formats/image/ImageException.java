package dev.unroll.formats.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An image that cannot be read or written; the message names the file and says what to do. */
public final class ImageException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a failure of an image.
     *
     * @param message names the file and what is wrong with it
     */
    public ImageException(String message) {
        super(message);
    }

    /**
     * Makes a failure of an image with its cause.
     *
     * @param message names the file and what is wrong with it
     * @param cause if there is one
     */
    public ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
