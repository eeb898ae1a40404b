package dev.unroll.tasks.recipe;

import dev.unroll.data.Nearest;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Schedule;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Error messages for mistakes in recipes, which tell what is allowed. */
final class Mistakes {
    /** Keys that had another name or place once. */
    private static final Map<String, String> MOVED =
            Map.ofEntries(
                    Map.entry("image.patch", "image.patches.size"),
                    Map.entry("training.rate", "training.learningRate"),
                    Map.entry("training.smoothing", "training.labelSmoothing"),
                    Map.entry("training.deciding", "training.validation.monitor"),
                    Map.entry("training.measureEvery", "training.validation.every"),
                    Map.entry("training.patience", "training.validation.patience"),
                    Map.entry("training.average", "training.validation.average"),
                    Map.entry("training.momentum", "training.optimiser.momentum"),
                    Map.entry("training.beta1", "training.optimiser.beta1"),
                    Map.entry("training.beta2", "training.optimiser.beta2"),
                    Map.entry("training.epsilon", "training.optimiser.epsilon"),
                    Map.entry("training.decay", "training.optimiser.decay"),
                    Map.entry("training.warmup", "training.schedule.warmup"),
                    Map.entry("training.factor", "training.schedule.factor"),
                    Map.entry("training.plateau", "training.schedule.patience"),
                    Map.entry("training.clipValue", "training.clip.value"));

    private static final List<OptimiserAndScheduleKinds<?>> KINDS =
            List.of(OptimiserAndScheduleKinds.OPTIMISERS, OptimiserAndScheduleKinds.SCHEDULES);

    private Mistakes() {}

    /** The class of the recipe's task, of those that there are. */
    static Class<? extends Recipe> requireTask(
            JsonNode recipe, Collection<? extends Class<? extends Recipe>> types) {
        List<String> tasks = types.stream().map(RecipeFile::task).toList();
        JsonNode task = recipe.get("task");
        if (task == null) {
            throw new RecipeException("'task' is missing; it is " + listed(tasks, "or"));
        }
        String name = task.isValueNode() ? task.asString("") : task.toString();
        for (Class<? extends Recipe> type : types) {
            if (RecipeFile.task(type).equals(name)) {
                return type;
            }
        }
        throw new RecipeException(
                tasks.size() == 1
                        ? "'task' is '%s', and '%s' was asked for".formatted(name, tasks.getFirst())
                        : "unknown task '%s'; did you mean '%s'? There are %s"
                                .formatted(name, Nearest.to(name, tasks), listed(tasks, "and")));
    }

    /** The reason why a recipe cannot be read. */
    static String told(JacksonException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RecipeException own) {
                return String.valueOf(own.getMessage());
            }
            if (cause instanceof IllegalAccessException
                    || cause instanceof InaccessibleObjectException) {
                return closed(e);
            }
        }
        String key =
                e.getPath().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .filter(Objects::nonNull) // as an element of a list has none
                        .collect(Collectors.joining("."));
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknown(key, unknown);
            case InvalidTypeIdException kind -> wrongKind(key, kind);
            case ValueInstantiationException value
                    when value.getCause() instanceof IllegalArgumentException cause ->
                    "'%s': %s".formatted(key, cause.getMessage());
            case InvalidFormatException value ->
                    "'%s' is %s, not '%s'"
                            .formatted(key, wanted(value.getTargetType()), value.getValue());
            case MismatchedInputException shape when !key.isEmpty() ->
                    "'%s' is %s".formatted(key, wanted(shape.getTargetType()));
            default -> (key.isEmpty() ? "" : "'" + key + "': ") + e.getOriginalMessage();
        };
    }

    /** A record in a module that does not let Jackson in. */
    private static String closed(JacksonException e) {
        return switch (e) {
            case ValueInstantiationException value -> opens(value.getType().getRawClass());
            case InvalidDefinitionException definition -> opens(definition.getType().getRawClass());
            default -> e.getOriginalMessage();
        };
    }

    private static String opens(Class<?> type) {
        return ("%s is closed to Jackson, which makes it from a recipe: add 'opens %s to"
                        + " tools.jackson.databind;' to its module-info.java")
                .formatted(type.getName(), type.getPackageName());
    }

    private static String wrongKind(String key, InvalidTypeIdException e) {
        for (OptimiserAndScheduleKinds<?> kinds : KINDS) {
            if (e.getBaseType().hasRawClass(kinds.type())) {
                return unknownKind(key + ".kind", e.getTypeId(), kinds.names());
            }
        }
        return unknownKind("model.kind", e.getTypeId(), NetworkRecipe.kinds());
    }

    private static String unknownKind(String key, @Nullable String given, List<String> names) {
        return given == null
                ? "'%s' is missing; it is %s".formatted(key, listed(names, "or"))
                : "'%s' is %s, not '%s'".formatted(key, listed(names, "or"), given);
    }

    private static String unknown(String key, UnrecognizedPropertyException e) {
        List<String> right =
                RecordKeys.of(e.getReferringClass()).map(RecordComponent::getName).toList();
        String name = e.getPropertyName();
        String parent = key.substring(0, key.length() - name.length());
        if (MOVED.containsKey(key)) {
            return "'%s' is now '%s'".formatted(key, MOVED.get(key));
        }
        Optional<String> below = below(e.getReferringClass(), name);
        if (below.isPresent()) {
            return "unknown key '%s'; write '%s'".formatted(key, parent + below.get());
        }
        if (hasKinds(e.getReferringClass())) {
            return "unknown key '%s'; beside this 'kind' there can be %s"
                    .formatted(key, listed(right, "and"));
        }
        String told =
                "unknown key '%s'; did you mean '%s'?"
                        .formatted(key, parent + Nearest.to(name, right));
        return NetworkRecipe.class.isAssignableFrom(e.getReferringClass())
                ? told + " Beside this 'kind' there are " + listed(right, "and")
                : told;
    }

    /** The key by way of the record below another in which it stands, if it does in one. */
    private static Optional<String> below(Class<?> type, String name) {
        return RecordKeys.of(type)
                .filter(
                        part ->
                                RecordKeys.of(part.getType())
                                        .anyMatch(key -> key.getName().equals(name)))
                .map(part -> part.getName() + "." + name)
                .findFirst();
    }

    private static boolean hasKinds(Class<?> type) {
        return KINDS.stream().anyMatch(kinds -> kinds.type().isAssignableFrom(type));
    }

    /** A description of the values of a type in a recipe. */
    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return listed(
                    Arrays.stream(type.getEnumConstants()).map(Mistakes::written).toList(), "or");
        }
        if (type == Integer.class
                || type == Long.class
                || type == int.class
                || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list, such as [a, b]";
        }
        if (type == Optimiser.class) {
            return "keys and values, such as {kind: adam}";
        }
        if (type == Schedule.class) {
            return "keys and values, such as {kind: cosine, warmup: 100}";
        }
        if (type == ClipRecipe.class) {
            return "keys and values, such as {norm: 1}";
        }
        return "keys and values, indented below it";
    }

    /** A constant as recipes write it. */
    private static String written(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String listed(List<String> names, String word) {
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : String.join(", ", names.subList(0, last)) + " " + word + " " + names.get(last);
    }
}
