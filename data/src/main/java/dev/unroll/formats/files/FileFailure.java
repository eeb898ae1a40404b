package dev.unroll.formats.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Failures of files in words: a sentence that names the file, and no class of Java. */
public final class FileFailure {
    private FileFailure() {}

    /**
     * {@return the failure of a file that the exception names itself, in words}
     *
     * @param e the failure
     */
    public static String told(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no file " + e.getFile();
            case FileAlreadyExistsException _ -> "there is already a file " + e.getFile();
            case AccessDeniedException _ -> "no permission to use " + e.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }

    /**
     * {@return the failure of a file that was read, in words}
     *
     * @param file that was read
     * @param e the failure
     */
    public static String told(Path file, IOException e) {
        if (e instanceof FileSystemException own) {
            return told(own);
        }
        return file + ": cannot be read: " + reason(e);
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
