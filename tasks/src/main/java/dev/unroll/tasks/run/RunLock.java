package dev.unroll.tasks.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write into a run's folder, which one training at a time has. It is a lock of the
 * operating system on the file {@code .lock}, whose text names the holder, so it is free again when
 * the holder is gone, however it went.
 */
public final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";
    private static final int MOST_BYTES = 1000;

    /** Locks of this process by their folders; the system's do not tell threads apart. */
    private static final Map<Path, RunLock> HELD = new ConcurrentHashMap<>();

    private final Path key;
    private final FileChannel channel;
    private boolean used;

    private RunLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder, which is made if it is not there. A lock that this process took
     * and has not {@link #use used} yet is given again.
     *
     * @throws RunException that names the holder, if there is one
     */
    public static RunLock on(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path key = folder.toRealPath();
        synchronized (HELD) {
            RunLock mine = HELD.get(key);
            if (mine != null) {
                if (mine.used) {
                    throw refused(folder, "this process, which trains it now");
                }
                return mine;
            }
            RunLock lock = new RunLock(key, locked(folder, key.resolve(FILE)));
            HELD.put(key, lock);
            return lock;
        }
    }

    private static FileChannel locked(Path folder, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            if (tryLock(channel) == null) {
                throw refused(folder, read(channel));
            }
            write(channel, me());
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false); // its text stays readable
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String me() {
        return "process %d, since %s"
                .formatted(
                        ProcessHandle.current().pid(),
                        ProcessHandle.current()
                                .info()
                                .startInstant()
                                .orElse(Instant.EPOCH)
                                .truncatedTo(ChronoUnit.SECONDS));
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        channel.read(bytes, 0);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        return text.isEmpty() ? "another process" : text;
    }

    private static RunException refused(Path folder, String holder) {
        return new RunException(
                ("%s is being trained by %s; wait for its end or stop it, or train into another"
                                + " folder")
                        .formatted(folder, holder));
    }

    /**
     * Begins to write under this lock.
     *
     * @throws RunException if another thread of this process does so already
     */
    void use() {
        synchronized (HELD) {
            if (used) {
                throw refused(key, "this process, which trains it now");
            }
            used = true;
        }
    }

    /** Gives the folder back. The file stays, for another process may just have opened it. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (HELD.remove(key, this)) {
                try (FileChannel held = channel) {
                    held.truncate(0);
                }
            }
        }
    }

    /** Removes the file and gives the folder back. */
    void closeAndRemove() throws IOException {
        Files.deleteIfExists(key.resolve(FILE));
        close();
    }
}
