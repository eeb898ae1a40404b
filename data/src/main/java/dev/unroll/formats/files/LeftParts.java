package dev.unroll.formats.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that are half written. Who writes one holds the system's lock on it, so one without a lock
 * was left by a process that was killed, and is removed by the next that writes into its folder.
 */
final class LeftParts {
    private static final Pattern NAME =
            Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

    /** The folders that this process has looked into. */
    private static final Set<Path> LOOKED_INTO = ConcurrentHashMap.newKeySet();

    private LeftParts() {}

    /** {@return a new name beside a file's} */
    static Path name(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Makes a part and locks it. */
    static FileChannel open(Path part) throws IOException {
        while (true) {
            FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock(channel);
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                return channel;
            }
            channel.close(); // it was taken for one that was left, before it was locked
        }
    }

    /** {@return the lock, or null where somebody has it or the file system knows none} */
    private static @Nullable FileLock lock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            return null;
        }
    }

    /** Removes what was left in a folder, once for each process. */
    static void remove(Path folder) {
        if (LOOKED_INTO.add(folder)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*.part")) {
                for (Path part : parts) {
                    if (NAME.matcher(part.getFileName().toString()).matches()) {
                        removeIfLeft(part);
                    }
                }
            } catch (IOException e) {
                LOOKED_INTO.remove(folder); // it can be written, not listed: nothing to do here
            }
        }
    }

    private static void removeIfLeft(Path part) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = lock(channel)) {
            if (lock != null) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            // its writer was done just now
        }
    }
}
