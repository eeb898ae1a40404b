package dev.unroll.data;

import dev.unroll.formats.files.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Data that is not here, cannot be fetched or cannot be read; the message says what to do. */
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String newRelease;

    public DataException(String message) {
        this(message, null, null);
    }

    public DataException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private DataException(String message, @Nullable Throwable cause, @Nullable String newRelease) {
        super(message);
        if (cause != null) { // a cause that is not known yet may still be given
            initCause(cause);
        }
        this.newRelease = newRelease;
    }

    /** Of a file of which the publisher has put out another release since the catalogue's. */
    public static DataException newRelease(String set, String message) {
        return new DataException(message, null, set);
    }

    /** The data set of which there is another release, if that is what is wrong. */
    public Optional<String> newRelease() {
        return Optional.ofNullable(newRelease);
    }

    /**
     * {@return the failure of a published file that is damaged or another one: delete it and fetch
     * it again}
     *
     * @param what the file, and what is wrong with it
     */
    public static DataException damaged(String what) {
        return damaged(what, null);
    }

    /**
     * {@return the failure of a published file that is damaged or another one, with its cause}
     *
     * @param what the file, and what is wrong with it
     * @param cause if there is one
     */
    public static DataException damaged(String what, @Nullable Throwable cause) {
        return new DataException(what + "; delete it and fetch it again", cause);
    }

    /** {@return the failure of a file or folder that could not be read; itself if it tells so} */
    public static DataException unreadable(Path file, IOException e) {
        return e instanceof DataException told
                ? told
                : new DataException(FileFailure.told(file, e), e);
    }
}
