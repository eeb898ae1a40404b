package dev.unroll.data.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One file of a data set, as its publisher gives it.
 *
 * @param path where it lies in a folder of data, such as {@code multi30k/train.de.gz}
 * @param address where it is published
 * @param size in bytes; of an unchecked file, about
 * @param sha256 its checksum, 64 hexadecimal digits; null of an unchecked file
 * @param release whether the publisher replaces it by newer ones under the same address
 */
public record DataFile(
        String path, URI address, long size, @Nullable String sha256, Release release) {

    /** States if the bytes behind an address may change. */
    public enum Release {
        /** Published once; other bytes are damaged bytes. */
        FIXED,
        /** Replaced from time to time; other bytes may be a newer release. */
        ROLLING,
        /**
         * The published bytes were never at hand here, so their checksum is not known: what comes
         * is taken if it can be read.
         */
        UNCHECKED
    }

    public DataFile {
        if (!path.matches("[a-z0-9-]+/[A-Za-z0-9_.-]+") || path.contains("..")) {
            throw new IllegalArgumentException(
                    "data file '" + path + "': a path is a set's name, '/', and a file's name");
        }
        if (size < 1) {
            throw new IllegalArgumentException(path + ": a size of " + size + " bytes");
        }
        if ((sha256 == null) != (release == Release.UNCHECKED)) {
            throw new IllegalArgumentException(
                    path + ": a file has a checksum unless it is " + Release.UNCHECKED);
        }
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    path + ": '" + sha256 + "' is not a SHA-256 in 64 hexadecimal digits");
        }
    }
}
