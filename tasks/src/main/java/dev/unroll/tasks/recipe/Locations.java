package dev.unroll.tasks.recipe;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The files and folders that a recipe names, marked by {@link Location}. */
final class Locations {
    private static final String DATA = "data";

    private Locations() {}

    /** The keys of a recipe's {@code data} that name files and folders. */
    static List<String> keys(Class<? extends Recipe> type) {
        return components(type)
                .filter(component -> component.getName().equals(DATA))
                .flatMap(component -> RecordKeys.of(component.getType()))
                .filter(component -> component.isAnnotationPresent(Location.class))
                .map(RecordComponent::getName)
                .toList();
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.stream(type.getRecordComponents()) : Stream.of();
    }

    /** {@return whether a key such as {@code data.file} names a file or a folder} */
    static boolean isOne(Class<? extends Recipe> type, String key) {
        return key.startsWith(DATA + ".") && keys(type).contains(key.substring(DATA.length() + 1));
    }

    /**
     * Makes what lies in a folder absolute; other names stay as they are.
     *
     * @param root the recipe, which is changed
     */
    static void findIn(Path folder, ObjectNode root, Class<? extends Recipe> type) {
        if (!(root.get(DATA) instanceof ObjectNode data)) {
            return;
        }
        for (String key : keys(type)) {
            JsonNode value = data.path(key);
            if (value.isString() && !value.stringValue().isBlank()) {
                Path found = inside(folder, value.stringValue());
                if (found != null) {
                    data.put(key, found.toString());
                }
            }
        }
    }

    /** Refuses what is absolute and not there. */
    static void require(Class<? extends Recipe> type, JsonNode root) {
        for (String key : keys(type)) {
            String name = root.path(DATA).path(key).asString("");
            if (!name.isBlank() && Path.of(name).isAbsolute() && !Files.exists(Path.of(name))) {
                throw new RecipeException(
                        ("'%s.%s': there is no %s; if the data were moved, say where they lie now:"
                                        + " %s.%s=PATH")
                                .formatted(DATA, key, name, DATA, key));
            }
        }
    }

    private static @Nullable Path inside(Path folder, String name) {
        try {
            if (Path.of(name).isAbsolute()) {
                return null;
            }
            Path there = folder.toAbsolutePath().resolve(name).normalize();
            return Files.exists(there) ? there : null;
        } catch (InvalidPathException e) {
            return null; // the one who opens it says what is wrong with it
        }
    }
}
