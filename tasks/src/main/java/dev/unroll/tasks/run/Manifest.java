package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a run comes from and the checksums of its files: {@code manifest.json}. It is removed
 * before files change and written after them, whole, so a process that is killed in between leaves
 * a run without one, which is accepted, as runs of earlier versions are.
 *
 * @param origin what was trained on what, where; empty for manifests of earlier versions, which had
 *     only checksums
 * @param files SHA-256 in hexadecimal digits by path from the run's folder, with {@code /}
 */
public record Manifest(Optional<RunOrigin> origin, Map<String, String> files) {
    /** The form of the file. 1 was checksums alone. */
    private static final int FORMAT = 2;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int BUFFER = 1 << 16;

    /** Sorts the files by name. */
    public Manifest {
        files = new TreeMap<>(files);
    }

    /** The state of a file beside what the manifest says of it. */
    public enum State {
        /** As it was written. */
        INTACT,
        /** Other bytes than those that were written. */
        CHANGED,
        /** Not there. */
        MISSING
    }

    /** The content of {@code manifest.json}. */
    private record Content(
            @Nullable Integer format,
            @Nullable RunOrigin origin,
            @Nullable Map<String, String> sha256) {}

    /**
     * Reads a run's manifest.
     *
     * @return empty for a run without one, of an earlier version or of a training that was killed
     * @throws RunException if the file is damaged
     */
    public static Optional<Manifest> read(RunFolder run) throws IOException {
        String text;
        try {
            text = Utf8.read(run.manifest());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            Content content = JSON.readValue(text, Content.class);
            requireKnown(content.format(), run);
            Map<String, String> files = content.sha256();
            if (files != null) {
                return Optional.of(new Manifest(Optional.ofNullable(content.origin()), files));
            }
        } catch (JacksonException | NullPointerException e) {
            RunException damage = new RunException(damaged(run));
            damage.initCause(e);
            throw damage;
        }
        throw new RunException(damaged(run));
    }

    private static void requireKnown(@Nullable Integer format, RunFolder run) {
        if (format != null && format > FORMAT) {
            throw new RunException(
                    ("%s has format %d, and this version of Unroll reads up to %d: a later version"
                                    + " wrote the run; use that one")
                            .formatted(run.manifest(), format, FORMAT));
        }
    }

    private static String damaged(RunFolder run) {
        return run.manifest() + " is damaged; delete it, and the run's files are not checked";
    }

    /** Removes a run's manifest, because files are about to change. */
    public static void remove(RunFolder run) throws IOException {
        Files.deleteIfExists(run.manifest());
    }

    /**
     * Notes the files of a run that was not trained here, as they are now.
     *
     * @param files in the run's folder
     * @return what was noted
     */
    public static Manifest write(RunFolder run, Collection<Path> files) throws IOException {
        return new Manifest(Optional.empty(), Map.of())
                .writeAgain(run, List.copyOf(files), List.of());
    }

    /** Notes all files of a run as they are now but those that grow, and returns what was noted. */
    static Manifest write(RunFolder run, RunOrigin origin) throws IOException {
        return new Manifest(Optional.of(origin), Map.of())
                .writeAgain(run, run.lasting(), List.of());
    }

    /**
     * Notes all files of a run as they are now but those that grow.
     *
     * @param changed files to compute the checksums of, besides those that are new
     * @return what was noted
     */
    Manifest writeAgain(RunFolder run, Collection<Path> changed) throws IOException {
        return writeAgain(run, run.lasting(), changed);
    }

    /** Notes all files of a run whose training has ended, with those that grew. */
    void writeLast(RunFolder run) throws IOException {
        List<Path> all = new ArrayList<>(run.lasting());
        all.addAll(run.growing());
        writeAgain(run, all, run.growing());
    }

    private Manifest writeAgain(RunFolder run, List<Path> all, Collection<Path> changed)
            throws IOException {
        Map<String, String> now = new LinkedHashMap<>();
        for (Path file : all) {
            String name = name(run, file);
            String known = changed.contains(file) ? null : files.get(name);
            now.put(name, known == null ? sha256(file) : known);
        }
        Manifest manifest = new Manifest(origin, now);
        WholeFile.write(
                run.manifest(),
                JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(
                                        new Content(FORMAT, origin.orElse(null), manifest.files()))
                        + "\n");
        return manifest;
    }

    private static String name(RunFolder run, Path file) {
        return run.directory().relativize(file).toString().replace('\\', '/');
    }

    /** {@return the states of all files} */
    public Map<String, State> states(RunFolder run) throws IOException {
        Map<String, State> states = new LinkedHashMap<>();
        for (String name : files.keySet()) {
            states.put(name, state(run, name));
        }
        return states;
    }

    private State state(RunFolder run, String name) throws IOException {
        Path file = run.directory().resolve(name).normalize();
        if (!file.startsWith(run.directory().normalize())
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return State.MISSING;
        }
        return sha256(file).equals(files.get(name)) ? State.INTACT : State.CHANGED;
    }

    /**
     * Refuses a run of which a file that answers are computed from is not as it was written. The
     * recipe may be changed by hand: what does not fit the weights in it is told where it is read.
     *
     * @throws RunException that names the files
     */
    public static void requireUsed(RunFolder run) throws IOException {
        require(run, run.fitted()); // the list of the others
        List<String> used = run.used().stream().map(file -> name(run, file)).toList();
        require(run, used::contains);
    }

    /**
     * Refuses a run of which a file that its training goes on from is not as it was written. Those
     * that only tell its course may be.
     *
     * @throws RunException that names the files
     */
    static void requireAll(RunFolder run) throws IOException {
        Set<String> told =
                new HashSet<>(List.of(name(run, run.recipe()), name(run, run.machine())));
        run.growing().forEach(file -> told.add(name(run, file)));
        require(run, name -> !told.contains(name));
    }

    /**
     * Refuses a run of which one file is not as it was written.
     *
     * @throws RunException that names the file
     */
    public static void require(RunFolder run, Path file) throws IOException {
        require(run, name(run, file)::equals);
    }

    /** {@return whether the manifest knows a file as another than it is now} */
    public static boolean isChanged(RunFolder run, Path file) throws IOException {
        String name = name(run, file);
        Optional<Manifest> manifest = read(run);
        return manifest.isPresent()
                && manifest.get().files().containsKey(name)
                && manifest.get().state(run, name) != State.INTACT;
    }

    private static void require(RunFolder run, Predicate<String> which) throws IOException {
        Optional<Manifest> manifest = read(run);
        if (manifest.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        for (String name : manifest.get().files().keySet()) {
            if (which.test(name)) {
                switch (manifest.get().state(run, name)) {
                    case INTACT -> {}
                    case CHANGED -> wrong.add(name + " is not as it was written");
                    case MISSING -> wrong.add(name + " is missing");
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new RunException(
                    ("%s is damaged: %s. Take it from a copy, or train again; if you changed it on"
                                    + " purpose, delete %s")
                            .formatted(run.directory(), String.join(", ", wrong), run.manifest()));
        }
    }

    /**
     * Says why a training does not go on to the weights that it would have had without a stop, such
     * as vectors of another width.
     *
     * @return none if it does, or if the run has no manifest to tell it by
     */
    public static List<String> goesOnElse(RunFolder run) throws IOException {
        return read(run)
                .map(
                        manifest ->
                                manifest.origin()
                                        .map(RunOrigin::goesOnElse)
                                        .orElse(List.of(RunOrigin.OTHER_NOISE)))
                .orElse(List.of());
    }

    /**
     * Says in a line why a run's answers may differ here from those where it was trained, by
     * rounding.
     *
     * @return empty if the bits are the same, or if the run does not say where it was trained
     */
    public static Optional<String> computesElse(RunFolder run) throws IOException {
        return read(run).flatMap(Manifest::origin).flatMap(RunOrigin::computesElse);
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("this JDK has no SHA-256", e));
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
