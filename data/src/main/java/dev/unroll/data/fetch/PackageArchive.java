package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The files in a package of npm. */
public final class PackageArchive {
    /** No file that is read from a package has more. */
    private static final int MOST_BYTES = 32 << 20;

    private PackageArchive() {}

    /** The bytes of the files that are wanted, by their path inside the package. */
    public static Map<String, byte[]> read(Path file, Predicate<String> wanted)
            throws DataException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        GzippedTar.read(
                file,
                name -> wanted.test(inside(name)),
                MOST_BYTES,
                (name, content) -> found.put(inside(name), content));
        return found;
    }

    /** Without the folder that all of a package is in. */
    private static String inside(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
