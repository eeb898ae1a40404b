package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/** The keys of a recipe's record. */
final class RecordKeys {
    private RecordKeys() {}

    /**
     * The components of a record whose names are its keys; in place of a record whose keys stand
     * flat beside the others, its components. None of a class that is no record.
     */
    static Stream<RecordComponent> of(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .flatMap(
                                component ->
                                        isFlat(component)
                                                ? of(component.getType())
                                                : Stream.of(component))
                : Stream.of();
    }

    /** Whether keys of another record stand flat beside a record's own. */
    static boolean haveOthersAmongThem(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents()).anyMatch(RecordKeys::isFlat);
    }

    private static boolean isFlat(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }
}
