package dev.unroll.tasks.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Data that is not here, cannot be fetched or cannot be read; the message says what to do. */
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
