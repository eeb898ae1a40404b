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
    private static final String MODEL = "model";

    private Locations() {}

    /**
     * The keys of a part of a recipe, {@code data} or {@code model}, that name files and folders.
     */
    private static List<String> keys(Class<? extends Recipe> type, String part) {
        return components(type)
                .filter(component -> component.getName().equals(part))
                .map(RecordComponent::getType)
                .flatMap(
                        content ->
                                RecordKeys.of(
                                        content == ModelRecipe.class
                                                ? PretrainedRecipe.class
                                                : content))
                .filter(component -> component.isAnnotationPresent(Location.class))
                .map(RecordComponent::getName)
                .toList();
    }

    /** {@return whether a task's model may be one that was trained before} */
    static boolean mayBePretrained(Class<? extends Recipe> type) {
        return !keys(type, MODEL).isEmpty();
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? Arrays.stream(type.getRecordComponents()) : Stream.of();
    }

    /** {@return whether a key such as {@code data.file} names a file or a folder} */
    static boolean isOne(Class<? extends Recipe> type, String key) {
        return Stream.of(DATA, MODEL)
                .anyMatch(
                        part ->
                                key.startsWith(part + ".")
                                        && keys(type, part)
                                                .contains(key.substring(part.length() + 1)));
    }

    /**
     * Makes what lies in a folder absolute; other names stay as they are.
     *
     * @param root the recipe, which is changed
     */
    static void findIn(Path folder, ObjectNode root, Class<? extends Recipe> type) {
        for (String part : List.of(DATA, MODEL)) {
            if (root.get(part) instanceof ObjectNode content) {
                findIn(folder, content, keys(type, part));
            }
        }
    }

    private static void findIn(Path folder, ObjectNode content, List<String> keys) {
        for (String key : keys) {
            JsonNode value = content.path(key);
            if (value.isString() && !value.stringValue().isBlank()) {
                Path found = inside(folder, value.stringValue());
                if (found != null) {
                    content.put(key, found.toString());
                }
            }
        }
    }

    /** Refuses data that are named by an absolute path and not there; a run keeps its model. */
    static void require(Class<? extends Recipe> type, JsonNode root) {
        for (String key : keys(type, DATA)) {
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
