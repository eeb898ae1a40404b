package dev.unroll.nn;

import dev.unroll.tensor.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a model, named by walking it: a record's components by their names, a list's
 * elements by their numbers, such as {@code encoder.layers.0.attention.query.weight}. A parameter
 * that is met twice is listed once, under its first name.
 */
public final class Parameters {
    private Parameters() {}

    /** Names and parameters, in the order of the components. */
    public static Map<String, Parameter> of(Record model) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        walk("", model, found, new HashSet<>());
        return Collections.unmodifiableMap(found);
    }

    /** How many numbers a model learns. */
    public static long count(Record model) {
        return of(model).values().stream().mapToLong(Parameter::size).sum();
    }

    /** The components of a record by name, for walking it. */
    public static Map<String, @Nullable Object> components(Record part) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                components.put(component.getName(), component.getAccessor().invoke(part));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "component '%s' of %s cannot be read"
                                .formatted(component.getName(), part.getClass().getName()),
                        e);
            }
        }
        return components;
    }

    private static void walk(
            String name, @Nullable Object part, Map<String, Parameter> found, Set<Parameter> met) {
        switch (part) {
            case Parameter parameter -> {
                if (met.add(parameter)) {
                    found.put(name, parameter);
                }
            }
            case Record record ->
                    components(record)
                            .forEach((child, value) -> walk(join(name, child), value, found, met));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    walk(join(name, Integer.toString(i)), list.get(i), found, met);
                }
            }
            case null, default -> {}
        }
    }

    private static String join(String name, String child) {
        return name.isEmpty() ? child : name + "." + child;
    }
}
