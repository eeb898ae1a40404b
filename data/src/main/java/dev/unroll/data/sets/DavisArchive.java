package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.FolderLock;
import dev.unroll.data.fetch.UnpackingLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The published archive of {@link Davis}. */
final class DavisArchive {

    /** Also bars names that would lead out of the folder. */
    private static final Pattern IMAGE =
            Pattern.compile(
                    "DAVIS/(JPEGImages|Annotations)/480p/([a-z0-9-]+)/([0-9]{5}\\.(?:jpg|png))");

    private static final String UNPACKING = "unpacking";

    private DavisArchive() {}

    /** Unpacks the sequences in use beside each other; the folders appear when they are whole. */
    static void unpack(Path zip, Path folder) throws DataException {
        unpack(zip, folder, UnpackingLimits.STANDARD);
    }

    static void unpack(Path zip, Path folder, UnpackingLimits limits) throws DataException {
        try (FolderLock _ = FolderLock.on(folder)) {
            if (Files.exists(folder.resolve(Davis.FRAMES))) {
                return; // another process was faster
            }
            removeLeft(folder);
            Path unpacked = Files.createTempDirectory(folder, UNPACKING);
            try {
                int images = unpackInto(zip, unpacked, limits);
                if (images == 0) {
                    throw DataException.damaged(
                            zip + ": has no DAVIS/JPEGImages/480p in it, so it is another file");
                }
                for (String part : new String[] {Davis.MASKS, Davis.FRAMES}) {
                    Files.move(
                            unpacked.resolve(part),
                            folder.resolve(part),
                            StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                remove(unpacked);
            }
        } catch (DataException e) {
            throw e;
        } catch (ZipException e) {
            throw DataException.damaged(zip + ": not a whole zip file", e);
        } catch (IOException e) {
            throw new DataException(
                    zip + ": cannot be unpacked into " + folder + ": " + e + "; make room there",
                    e);
        }
    }

    /** Removes what a process that was killed while it unpacked has left. */
    private static void removeLeft(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNPACKING + "*")) {
            for (Path one : left) {
                remove(one);
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) { // does not follow links
            all = new ArrayList<>(walk.toList());
        }
        for (Path one : all.reversed()) {
            Files.deleteIfExists(one);
        }
    }

    private static int unpackInto(Path zip, Path folder, UnpackingLimits limits)
            throws IOException {
        int images = 0;
        UnpackingLimits.Counts counts = limits.of(zip.toString(), Files.size(zip));
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries();
                    entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                counts.entry();
                Matcher name = IMAGE.matcher(entry.getName());
                if (name.matches() && Davis.SEQUENCES.contains(name.group(2))) {
                    Path target = folder.resolve(name.group(1), name.group(2), name.group(3));
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    try (InputStream in = counts.counted(file.getInputStream(entry))) {
                        Files.copy(in, target);
                    }
                    images++;
                }
            }
        }
        return images;
    }
}
