package dev.unroll.nn;

import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one container within a model, such as the components of a record. {@link Parameters}
 * lists the containers there are.
 *
 * @param byName the parts by their names within the model
 * @param rebuild makes a container of the same type from other parts, as many and in this order
 */
record Parts(
        Map<String, @Nullable Object> byName, Function<List<@Nullable Object>, Object> rebuild) {

    /** Types of values that hold no parameter, with their subtypes. */
    private static final List<Class<?>> PLAIN =
            List.of(
                    Number.class,
                    CharSequence.class,
                    Boolean.class,
                    Character.class,
                    Enum.class,
                    Class.class,
                    Tensor.class,
                    Path.class,
                    Locale.class,
                    TemporalAccessor.class,
                    TemporalAmount.class);

    private static final Parts NONE =
            new Parts(
                    Map.of(),
                    parts -> {
                        throw new IllegalStateException("nothing to rebuild from " + parts);
                    });

    /**
     * {@return the parts of a container; none if it cannot hold a parameter}
     *
     * @param name of the container within the model
     * @throws IllegalArgumentException if it is neither
     */
    static Parts of(String name, @Nullable Object container) {
        return switch (container) {
            case null -> NONE;
            case Record record -> RecordParts.of(name, record);
            case List<?> list -> indexed(name, list, Collections::unmodifiableList);
            case Object[] array ->
                    indexed(name, Arrays.asList(array), parts -> parts.toArray(array.clone()));
            case Map<?, ?> map -> keyed(name, map);
            case Optional<?> optional -> {
                Map<String, @Nullable Object> content = new LinkedHashMap<>();
                content.put(name, optional.orElse(null));
                yield new Parts(content, parts -> Optional.ofNullable(parts.getFirst()));
            }
            default -> {
                if (!plain(container)) {
                    throw unknown(name, container);
                }
                yield NONE;
            }
        };
    }

    private static Parts indexed(
            String name, List<?> list, Function<List<@Nullable Object>, Object> rebuild) {
        if (plain(list)) {
            return NONE; // such as a vocabulary
        }
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            parts.put(join(name, Integer.toString(i)), list.get(i));
        }
        return new Parts(parts, rebuild);
    }

    private static Parts keyed(String name, Map<?, ?> map) {
        if (map.entrySet().stream().allMatch(e -> plain(e.getKey()) && plain(e.getValue()))) {
            return NONE;
        }
        List<Object> keys = new ArrayList<>(map.keySet());
        for (Object key : keys) {
            if (!(key instanceof String || key instanceof Enum<?>)) {
                throw new IllegalArgumentException(
                        "%s is a map whose keys are of %s: the keys that may name parts of a model are strings and enum constants"
                                .formatted(
                                        place(name),
                                        key == null ? "null" : key.getClass().getName()));
            }
        }
        if (!(map instanceof SequencedMap || map instanceof EnumMap)) {
            keys.sort(
                    Comparator.comparing(Parts::text)); // Map.of has another order in each process
        }
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (Object key : keys) {
            if (parts.containsKey(join(name, text(key)))) {
                throw new IllegalArgumentException(
                        "%s is a map with two keys of the name '%s'"
                                .formatted(place(name), text(key)));
            }
            parts.put(join(name, text(key)), map.get(key));
        }
        return new Parts(
                parts,
                values -> {
                    SequencedMap<Object, @Nullable Object> rebuilt = new LinkedHashMap<>();
                    for (int i = 0; i < keys.size(); i++) {
                        rebuilt.put(keys.get(i), values.get(i));
                    }
                    return Collections.unmodifiableSequencedMap(rebuilt);
                });
    }

    private static String text(Object key) {
        return key instanceof Enum<?> constant ? constant.name() : key.toString();
    }

    /** {@return whether a value certainly holds no parameter} */
    static boolean plain(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Parameter _, Record _, Object[] _, Map<?, ?> _, Optional<?> _ -> false;
            case Collection<?> values -> values.stream().allMatch(Parts::plain);
            default -> plain(value.getClass()) || hasOnlyPlainFields(value.getClass());
        };
    }

    private static boolean plain(Class<?> type) {
        return type.isPrimitive()
                || type.isArray() && type.componentType().isPrimitive()
                || PLAIN.stream().anyMatch(plain -> plain.isAssignableFrom(type));
    }

    private static boolean hasOnlyPlainFields(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !plain(field.getType())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static IllegalArgumentException unknown(String name, Object part) {
        Class<?> type = part.getClass();
        return new IllegalArgumentException(
                "%s is a %s, in which parameters cannot be found, so they would be neither trained nor saved: make it a record, or a List, an array, a Map (keys: strings or enum constants) or an Optional of records"
                        .formatted(
                                place(name),
                                type.isHidden() ? "lambda that captures values" : type.getName()));
    }

    /** {@return the name of a part in errors} */
    static String place(String name) {
        return name.isEmpty() ? "the model" : "component '" + name + "'";
    }

    /** The name of a part within the model. */
    static String join(String name, String child) {
        return name.isEmpty() ? child : name + "." + child;
    }
}
