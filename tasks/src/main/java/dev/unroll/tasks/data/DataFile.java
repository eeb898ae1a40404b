package dev.unroll.tasks.data;

import java.net.URI;

/**
 * One file of a data set, as its publisher gives it.
 *
 * @param path where it lies in a folder of data, such as {@code multi30k/train.de.gz}
 * @param address where it is published
 * @param size in bytes
 * @param sha256 its checksum, 64 hexadecimal digits
 * @param release whether the publisher replaces it by newer ones under the same address
 */
public record DataFile(String path, URI address, long size, String sha256, Release release) {

    /** Whether the bytes behind an address stay the same. */
    public enum Release {
        /** Published once; other bytes are damaged bytes. */
        FIXED,
        /** Replaced from time to time; other bytes may be a newer release. */
        ROLLING
    }

    public DataFile {
        if (!path.matches("[a-z0-9-]+/[A-Za-z0-9_.-]+") || path.contains("..")) {
            throw new IllegalArgumentException(
                    "data file '" + path + "': a path is a set's name, '/', and a file's name");
        }
        if (size < 1) {
            throw new IllegalArgumentException(path + ": a size of " + size + " bytes");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    path + ": '" + sha256 + "' is not a SHA-256 in 64 hexadecimal digits");
        }
    }
}
