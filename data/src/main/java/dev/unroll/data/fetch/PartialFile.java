package dev.unroll.data.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The part of a file that has been downloaded so far. It lies beside the target and is moved there
 * when it is complete. A symbolic link in its place is removed, and what it points to stays as it
 * is.
 *
 * @param target the path of the complete file
 */
record PartialFile(Path target) {

    Path file() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Holds the entity tag of the server's file that the bytes are from. */
    private Path tagFile() {
        return target.resolveSibling(target.getFileName() + ".part.etag");
    }

    /** Bytes so far; none of a symbolic link, which is not followed. */
    long size() throws IOException {
        return Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS) ? Files.size(file()) : 0;
    }

    /** The entity tag of the file that the bytes are from, if its server gave one. */
    Optional<String> tag() throws IOException {
        return Files.isRegularFile(tagFile(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.readString(tagFile()))
                : Optional.empty();
    }

    /** Opens it for the bytes that are missing. */
    FileChannel goOn() throws IOException {
        return FileChannel.open(
                file(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens it for all bytes, of a file with this tag, and forgets those it had. */
    FileChannel begin(Optional<String> tag) throws IOException {
        discard();
        FileChannel channel =
                FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (tag.isPresent()) {
            Files.writeString(tagFile(), tag.get());
        }
        return channel;
    }

    void discard() throws IOException {
        Files.deleteIfExists(tagFile());
        Files.deleteIfExists(file());
    }

    /** Moves it to its place, in one step. */
    void finish() throws IOException {
        Files.move(file(), target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(tagFile());
    }
}
