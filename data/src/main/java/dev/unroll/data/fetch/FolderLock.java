package dev.unroll.data.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** A folder that only one thread of one process writes into; others wait. */
public final class FolderLock implements AutoCloseable {

    /** The system's locks are held by processes; threads of this one need their own. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel process;

    private FolderLock(ReentrantLock thread, FileChannel process) {
        this.thread = thread;
        this.process = process;
    }

    /** Waits until nobody else holds the folder, and makes it if it is not there. */
    public static FolderLock on(Path folder) throws IOException {
        Files.createDirectories(folder);
        ReentrantLock thread =
                THREADS.computeIfAbsent(folder.toRealPath(), _ -> new ReentrantLock());
        thread.lock();
        try {
            return new FolderLock(thread, lockedFile(folder.resolve(".lock")));
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            throw e;
        }
    }

    private static FileChannel lockedFile(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets the next one in; closing the file gives its lock back. */
    @Override
    public void close() throws IOException {
        try {
            process.close();
        } finally {
            thread.unlock();
        }
    }
}
