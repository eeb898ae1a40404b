package dev.unroll.nn;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the components of records and makes records anew, by reflection. A public record of an
 * exported package needs nothing for that; any other record of a named module needs {@code opens
 * PACKAGE to dev.unroll.core}.
 */
final class RecordParts {
    private RecordParts() {}

    /** {@return a record's components} */
    static Parts of(String name, Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            values.put(Parts.join(name, component.getName()), read(name, record, component));
        }
        return new Parts(values, parts -> rebuild(name, record, components, parts));
    }

    private static @Nullable Object read(String name, Record record, RecordComponent component) {
        requireAccess(name, record, component.getAccessor(), record);
        try {
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException e) {
            throw failed(name, record, "component '" + component.getName() + "' cannot be read", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Record rebuild(
            String name,
            Record record,
            RecordComponent[] components,
            List<@Nullable Object> values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int i = 0; i < types.length; i++) {
            Object value = values.get(i);
            if (value != null && !types[i].isPrimitive() && !types[i].isInstance(value)) {
                throw new IllegalArgumentException(
                        "%s is declared as %s, so it cannot be made anew: declare it as List, SequencedMap or Map"
                                .formatted(
                                        Parts.place(Parts.join(name, components[i].getName())),
                                        types[i].getName()));
            }
        }
        try {
            Constructor<? extends Record> constructor =
                    record.getClass().getDeclaredConstructor(types);
            requireAccess(name, record, constructor, null);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw failed(name, record, "its constructor refuses the changed parts", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireAccess(
            String name, Record record, AccessibleObject member, @Nullable Object receiver) {
        if (member.canAccess(receiver) || member.trySetAccessible()) {
            return;
        }
        Class<?> type = record.getClass();
        Module own = RecordParts.class.getModule();
        throw new IllegalArgumentException(
                "%s is a record %s of module %s, which Unroll may not read: add `opens %s%s;` to its module-info.java, or make the record public in an exported package"
                        .formatted(
                                Parts.place(name),
                                type.getName(),
                                type.getModule().getName(),
                                type.getPackageName(),
                                own.isNamed() ? " to " + own.getName() : ""));
    }

    private static IllegalArgumentException failed(
            String name, Record record, String what, InvocationTargetException e) {
        return new IllegalArgumentException(
                "%s is a record %s; %s: %s"
                        .formatted(
                                Parts.place(name), record.getClass().getName(), what, e.getCause()),
                e.getCause());
    }
}
