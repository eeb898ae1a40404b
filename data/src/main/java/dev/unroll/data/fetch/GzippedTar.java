package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A gzipped tar archive; nothing is unpacked to the disk. */
public final class GzippedTar {
    private GzippedTar() {}

    /** Takes one file of an archive. */
    public interface Taker {
        void take(String name, byte[] content) throws IOException;
    }

    /**
     * Reads the files that are wanted, in the archive's order.
     *
     * @param wanted which, by their path in the archive
     * @param most bytes that one of them may have
     * @throws DataException if the archive is damaged, a file that is wanted is larger, or it
     *     unpacks to more than {@link UnpackingLimits#STANDARD}
     */
    public static void read(Path archive, Predicate<String> wanted, int most, Taker taker)
            throws DataException {
        read(archive, wanted, most, UnpackingLimits.STANDARD, taker);
    }

    static void read(
            Path archive, Predicate<String> wanted, int most, UnpackingLimits limits, Taker taker)
            throws DataException {
        UnpackingLimits.Counts counts = limits.of(archive.toString(), size(archive));
        try (InputStream bytes = Files.newInputStream(archive);
                InputStream unzipped = new GZIPInputStream(bytes, 1 << 16);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(
                                new BufferedInputStream(counts.counted(unzipped), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                counts.entry();
                if (entry.isFile() && wanted.test(entry.getName())) {
                    byte[] content = tar.readNBytes(most + 1);
                    if (content.length > most) {
                        throw DataException.damaged(
                                "%s > %s: more than %,d bytes"
                                        .formatted(archive, entry.getName(), most));
                    }
                    taker.take(entry.getName(), content);
                }
            }
        } catch (DataException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            throw DataException.damaged(archive + ": not a whole gzip file", e);
        } catch (IOException e) {
            throw DataException.damaged(archive + ": cannot be read as an archive: " + e, e);
        }
    }

    private static long size(Path archive) throws DataException {
        try {
            return Files.size(archive);
        } catch (IOException e) {
            throw DataException.damaged(archive + ": cannot be read as an archive: " + e, e);
        }
    }
}
