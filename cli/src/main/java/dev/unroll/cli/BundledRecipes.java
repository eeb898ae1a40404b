package dev.unroll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipes that come with Unroll: files beside the classes, in a folder or a jar. */
final class BundledRecipes {
    private static final String FOLDER = "recipes/";
    private static final String ENDING = ".yaml";

    /** One that is always there, by which the others are found. */
    private static final String KNOWN = "quickstart";

    private BundledRecipes() {}

    /** {@return the text of a recipe; null if there is none of this name} */
    static @Nullable String text(String name) throws IOException {
        try (InputStream in =
                BundledRecipes.class.getResourceAsStream("/" + FOLDER + name + ENDING)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** {@return the names of all recipes, sorted} */
    static List<String> names() throws IOException {
        URL known = BundledRecipes.class.getResource("/" + FOLDER + KNOWN + ENDING);
        if (known == null) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        if (known.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER))
                        .map(name -> name.substring(FOLDER.length()))
                        .forEach(files::add);
            }
        } else {
            try (Stream<Path> all = Files.list(folder(known.toString()))) {
                all.map(file -> file.getFileName().toString()).forEach(files::add);
            }
        }
        return files.stream()
                .filter(file -> file.endsWith(ENDING))
                .map(file -> file.substring(0, file.length() - ENDING.length()))
                .sorted()
                .toList();
    }

    private static Path folder(String file) throws IOException {
        try {
            return Path.of(new URI(file)).resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
