package dev.unroll.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of files. */
public final class Folders {
    private Folders() {}

    /** Removes a folder and all that is in it; links are not followed. */
    public static void remove(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = new ArrayList<>(walk.toList());
        }
        for (Path one : all.reversed()) {
            Files.deleteIfExists(one);
        }
    }

    /** Copies a folder. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path one : walk.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target);
                }
            }
        }
    }

    /** {@return the files in a folder and below, by their paths from it} */
    public static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(Files::isRegularFile)
                        .forEach(file -> files.put(folder.relativize(file).toString(), file));
            }
        }
        return files;
    }
}
