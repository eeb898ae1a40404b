package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unroll.tasks.data.Nearest;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a recipe, in words that say what is right. */
final class Mistakes {
    private static final List<String> TASKS = names(Recipe.class);

    private Mistakes() {}

    /** Refuses a task that there is not; the reader would take it for the one meant by default. */
    static void requireTask(JsonNode recipe) {
        JsonNode task = recipe.get("task");
        if (task != null && !TASKS.contains(task.asString(""))) {
            String wrong = task.isValueNode() ? task.asString("") : task.toString();
            throw new RecipeException(
                    "unknown task '%s'; did you mean '%s'? There are %s"
                            .formatted(wrong, Nearest.to(wrong, TASKS), listed(TASKS, "and")));
        }
    }

    /** The reason why a recipe cannot be read. */
    static String told(JacksonException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RecipeException own) {
                return String.valueOf(own.getMessage());
            }
        }
        String key =
                e.getPath().stream()
                        .map(r -> String.valueOf(r.getPropertyName()))
                        .collect(Collectors.joining("."));
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknown(key, unknown);
            case InvalidTypeIdException kind when kind.getTypeId() == null ->
                    "'model.kind' is missing; it is " + listed(names(ModelRecipe.class), "or");
            case InvalidTypeIdException kind ->
                    "'model.kind' is %s, not '%s'"
                            .formatted(listed(names(ModelRecipe.class), "or"), kind.getTypeId());
            case InvalidFormatException value ->
                    "'%s' is %s, not '%s'"
                            .formatted(key, wanted(value.getTargetType()), value.getValue());
            case MismatchedInputException shape when !key.isEmpty() ->
                    "'%s' is %s".formatted(key, wanted(shape.getTargetType()));
            default -> (key.isEmpty() ? "" : "'" + key + "': ") + e.getOriginalMessage();
        };
    }

    private static String unknown(String key, UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        List<String> right =
                Stream.concat(
                                known == null ? Stream.of() : known.stream().map(String::valueOf),
                                unwrapped(e.getReferringClass()))
                        .toList();
        String parent = key.substring(0, key.length() - e.getPropertyName().length());
        return "unknown key '%s'; did you mean '%s'?"
                .formatted(key, parent + Nearest.to(e.getPropertyName(), right));
    }

    /** The keys of records whose keys stand flat beside those of another record. */
    private static Stream<String> unwrapped(Class<?> type) {
        return !type.isRecord()
                ? Stream.of()
                : Arrays.stream(type.getRecordComponents())
                        .filter(c -> c.getAccessor().isAnnotationPresent(JsonUnwrapped.class))
                        .flatMap(c -> Arrays.stream(c.getType().getRecordComponents()))
                        .map(RecordComponent::getName);
    }

    /** What a value of a type looks like in a recipe. */
    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return listed(
                    Arrays.stream(type.getEnumConstants()).map(Mistakes::written).toList(), "or");
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list, such as [a, b]";
        }
        return "keys and values, indented below it";
    }

    /** A constant as recipes write it. */
    private static String written(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> names(Class<?> sealed) {
        return Arrays.stream(sealed.getAnnotation(JsonSubTypes.class).value())
                .flatMap(
                        type ->
                                type.names().length == 0
                                        ? Stream.of(type.name())
                                        : Arrays.stream(type.names()))
                .toList();
    }

    private static String listed(List<String> names, String word) {
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : String.join(", ", names.subList(0, last)) + " " + word + " " + names.get(last);
    }
}
