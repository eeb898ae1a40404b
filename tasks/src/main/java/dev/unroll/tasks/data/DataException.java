package dev.unroll.tasks.data;

import dev.unroll.tasks.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
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

    /** Of a file or folder that could not be read. */
    public static DataException unreadable(Path file, IOException e) {
        return new DataException(FileFailure.told(file, e), e);
    }
}
