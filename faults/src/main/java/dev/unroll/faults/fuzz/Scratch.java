package dev.unroll.faults.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for one file, which readers are given.
 *
 * @param folder of its own
 */
record Scratch(Path folder) {

    /** Reads a file. */
    @FunctionalInterface
    interface FileReader {
        void read(Path file) throws Exception;
    }

    /** {@return a reader of bytes that writes them into a file and has it read} */
    Target.Reader file(String name, FileReader reader) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        return input -> {
            Files.write(file, input);
            try {
                reader.read(file);
            } finally {
                requireAlone(file);
            }
        };
    }

    private static void requireAlone(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path one : files) {
                if (!one.equals(file)) {
                    throw new AssertionError("left a file: " + one);
                }
            }
        }
    }
}
