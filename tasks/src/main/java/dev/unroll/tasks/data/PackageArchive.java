package dev.unroll.tasks.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files in a package of npm, a gzipped tar archive; nothing is unpacked to the disk. */
final class PackageArchive {
    /** No file that is read from a package has more. */
    private static final int MOST_BYTES = 32 << 20;

    private static final String AGAIN = "; delete it and fetch it again";

    private PackageArchive() {}

    /** The bytes of the files that are wanted, by their path inside the package. */
    static Map<String, byte[]> read(Path file, Predicate<String> wanted) throws DataException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream unzipped = new GZIPInputStream(bytes, 1 << 16);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new BufferedInputStream(unzipped, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (entry.isFile() && wanted.test(path)) {
                    byte[] content = tar.readNBytes(MOST_BYTES + 1);
                    if (content.length > MOST_BYTES) {
                        throw new DataException(
                                "%s > %s: more than %,d bytes%s"
                                        .formatted(file, path, MOST_BYTES, AGAIN));
                    }
                    found.put(path, content);
                }
            }
        } catch (DataException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            throw new DataException(file + ": not a whole gzip file" + AGAIN, e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read as an archive: " + e + AGAIN, e);
        }
        return found;
    }
}
