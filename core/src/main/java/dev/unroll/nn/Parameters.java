package dev.unroll.nn;

import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a model, found by walking it. These containers are walked, however they are
 * nested:
 *
 * <ul>
 *   <li>a record: a component's name becomes part of the parameter's name, as in {@code
 *       encoder.layers.0.attention.query.weight};
 *   <li>a {@link List} and an array of references: an element's index does, from 0;
 *   <li>a {@link Map} with strings or enum constants as keys: the key does. The order is the map's
 *       where it is defined (a {@link java.util.SequencedMap}, an {@link java.util.EnumMap}), else
 *       that of the names;
 *   <li>an {@link java.util.Optional}: adds nothing to the name.
 * </ul>
 *
 * <p>Values that cannot hold a parameter are passed: null, numbers, strings, booleans, enum
 * constants, tensors, arrays of primitives, dates, paths, sets of such values, and objects whose
 * fields are all of such types or which have no fields, as a lambda that captures nothing. Every
 * other object might hold a parameter that would then be neither trained nor saved. So it is
 * refused: write it as a record. That holds for a lambda that captures a layer, too.
 *
 * <p>A parameter that is met twice is one parameter, listed under its first name.
 *
 * <p>A record of a named module is read if it is public in an exported package. For any other
 * record the module says {@code opens PACKAGE to dev.unroll.core;}; the error names the missing
 * line.
 */
public final class Parameters {
    private Parameters() {}

    /**
     * {@return the parameters by name, in the order in which they are met}
     *
     * @param model a record or another container
     * @throws IllegalArgumentException if a part of the model is neither a container nor free of
     *     parameters, if two parameters would have one name, or if a record's package is not open
     *     to Unroll; the message names the component and what to do
     */
    public static Map<String, Parameter> of(Object model) {
        if (Parts.plain(model)) {
            throw new IllegalArgumentException(
                    "a model is a record of parameters and layers, not a "
                            + model.getClass().getName());
        }
        Map<String, Parameter> found = new LinkedHashMap<>();
        walk("", model, found, new HashSet<>());
        return Collections.unmodifiableMap(found);
    }

    /** {@return how many numbers a model learns} */
    public static long count(Object model) {
        return of(model).values().stream().mapToLong(Parameter::size).sum();
    }

    /**
     * {@return a model of the same type with other parameters} Records are made anew through their
     * canonical constructors. What is shared stays shared: a parameter that stands in two places is
     * mapped once. A part none of whose parameters changes is used as it is.
     *
     * @param model a record or another container; it is left unchanged
     * @param change from each parameter to the one that takes its place
     * @throws IllegalArgumentException as {@link #of} does
     */
    @SuppressWarnings("unchecked") // a part is rebuilt as what it was
    public static <M> M map(M model, UnaryOperator<Parameter> change) {
        return (M)
                mapped(
                        "",
                        model,
                        (name, part) ->
                                part instanceof Parameter parameter
                                        ? change.apply(parameter)
                                        : null,
                        new IdentityHashMap<>());
    }

    /**
     * {@return a model with other layers in the place of those of one type} What is shared stays
     * shared, and a part in which nothing changes is used as it is. A layer within a layer of the
     * type is not looked for.
     *
     * @param model a record or another container; it is left unchanged
     * @param type of the layers
     * @param change from a layer's name within the model and the layer to the one that takes its
     *     place
     * @throws IllegalArgumentException as {@link #of} does
     */
    @SuppressWarnings("unchecked") // a part is rebuilt as what it was
    public static <M, L extends Record> M replace(
            M model, Class<L> type, BiFunction<String, L, L> change) {
        return (M)
                mapped(
                        "",
                        model,
                        (name, part) ->
                                type.isInstance(part)
                                        ? change.apply(name, type.cast(part))
                                        : part instanceof Parameter ? part : null,
                        new IdentityHashMap<>());
    }

    /**
     * The parts of a container, for walking a model in another way than {@link #of} does.
     *
     * @param name of the container within the model; empty for the model itself
     * @return the parts by their names within the model; none of what cannot hold parameters
     * @throws IllegalArgumentException as {@link #of} does
     */
    public static Map<String, @Nullable Object> parts(String name, @Nullable Object container) {
        return Parts.of(name, container).byName();
    }

    private static void walk(
            String name, @Nullable Object part, Map<String, Parameter> found, Set<Parameter> met) {
        if (!(part instanceof Parameter parameter)) {
            parts(name, part).forEach((child, value) -> walk(child, value, found, met));
        } else if (met.add(parameter) && found.put(name, parameter) != null) {
            throw new IllegalArgumentException(
                    "two parameters would be named '%s': rename a component or a key of a map"
                            .formatted(name));
        }
    }

    @SuppressWarnings("ReferenceEquality") // an equal part may hold other parameters
    private static Object mapped(
            String name,
            Object part,
            BiFunction<String, Object, @Nullable Object> change,
            Map<Object, Object> done) {
        Object before = done.get(part);
        if (before != null) {
            return before;
        }
        Object after = change.apply(name, part);
        if (after == null) {
            Parts parts = Parts.of(name, part);
            List<@Nullable Object> values = new ArrayList<>();
            boolean changed = false;
            for (Map.Entry<String, @Nullable Object> entry : parts.byName().entrySet()) {
                Object value = entry.getValue();
                Object next = value == null ? null : mapped(entry.getKey(), value, change, done);
                changed |= next != value;
                values.add(next);
            }
            after = changed ? parts.rebuild().apply(values) : part;
        }
        done.put(part, after);
        return after;
    }
}
