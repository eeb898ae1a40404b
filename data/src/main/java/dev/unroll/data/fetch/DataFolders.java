package dev.unroll.data.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders where data may be: first the one that {@code UNROLL_DATA} names, then the user's
 * cache. Both are laid out alike: a folder for each set, with the set's files in it.
 *
 * @param given the folder that {@code UNROLL_DATA} names, if it does; only read
 * @param cache where downloads go
 */
public record DataFolders(@Nullable Path given, Path cache) {

    /** The name of the environment variable. */
    public static final String VARIABLE = "UNROLL_DATA";

    /** Where a set or a file is now. */
    public enum Place {
        /** In the folder that {@code UNROLL_DATA} names. */
        GIVEN,
        /** In the user's cache. */
        CACHE,
        /** Not here. */
        ABSENT
    }

    /** {@return the folders for the environment and the system of this process} */
    public static DataFolders standard() {
        return of(
                System.getenv(),
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * The folders of a user. The cache is {@code $XDG_CACHE_HOME/unroll/data} or {@code
     * ~/.cache/unroll/data}, on macOS {@code ~/Library/Caches/unroll/data}, on Windows {@code
     * unroll/data} in {@code %LOCALAPPDATA%}.
     */
    static DataFolders of(Map<String, String> environment, String system, Path home) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        return new DataFolders(
                given.isEmpty() ? null : Path.of(given),
                caches(environment, system.toLowerCase(Locale.ROOT), home)
                        .resolve("unroll")
                        .resolve("data"));
    }

    private static Path caches(Map<String, String> environment, String system, Path home) {
        if (system.startsWith("windows")) {
            return absolute(environment.get("LOCALAPPDATA"))
                    .orElse(home.resolve("AppData").resolve("Local"));
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        return absolute(environment.get("XDG_CACHE_HOME")).orElse(home.resolve(".cache"));
    }

    /** The XDG specification has relative paths ignored. */
    private static Optional<Path> absolute(@Nullable String path) {
        return Optional.ofNullable(path)
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    /** Where a file is now. */
    public Place place(DataFile file) {
        if (given != null && Files.isRegularFile(given.resolve(file.path()))) {
            return Place.GIVEN;
        }
        return Files.isRegularFile(cache.resolve(file.path())) ? Place.CACHE : Place.ABSENT;
    }

    /**
     * Where a set is now, in either of its forms. As published it is absent if any of its files is,
     * and in the cache if any of them is.
     */
    public Place place(About set) {
        if (given != null && otherForm(given, set).isPresent()) {
            return Place.GIVEN;
        }
        Place place = Place.GIVEN;
        for (DataFile file : set.files()) {
            Place own = place(file);
            place = own.compareTo(place) > 0 ? own : place;
        }
        return place == Place.ABSENT && otherForm(cache, set).isPresent() ? Place.CACHE : place;
    }

    /** Where a set lies in its other form, if all of it does. */
    Optional<List<Path>> otherForm(About set) {
        return Optional.ofNullable(given)
                .flatMap(folder -> otherForm(folder, set))
                .or(() -> otherForm(cache, set));
    }

    private static Optional<List<Path>> otherForm(Path folder, About set) {
        List<Path> paths = set.otherForm().stream().map(folder::resolve).toList();
        return !paths.isEmpty() && paths.stream().allMatch(Files::exists)
                ? Optional.of(paths)
                : Optional.empty();
    }

    /** Where a file is now, if it is. */
    public Optional<Path> find(DataFile file) {
        return switch (place(file)) {
            case GIVEN -> Optional.ofNullable(given).map(folder -> folder.resolve(file.path()));
            case CACHE -> Optional.of(cache.resolve(file.path()));
            case ABSENT -> Optional.empty();
        };
    }
}
