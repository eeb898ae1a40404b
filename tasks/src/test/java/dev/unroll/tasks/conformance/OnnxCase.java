package dev.unroll.tasks.conformance;

import dev.unroll.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of ONNX's conformance cases.
 *
 * @param operator its operator's name
 * @param inputs by name, in the operator's order; left-out ones are missing
 * @param outputs what is expected, by name
 */
record OnnxCase(
        String name,
        String operator,
        JsonNode attributes,
        Map<String, Array> inputs,
        Map<String, Array> outputs) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Numbers; a truth is 1 or 0.
     *
     * @param type as ONNX names it
     * @param values the last dimension running fastest
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Array(String type, int[] dims, float[] values) {

        static Array of(JsonNode json) {
            int[] dims = new int[json.path("shape").size()];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = json.path("shape").get(i).intValue();
            }
            float[] values = new float[json.path("data").size()];
            int at = 0;
            for (JsonNode value : json.path("data")) {
                values[at++] = number(value);
            }
            return new Array(json.path("dtype").stringValue(), dims, values);
        }

        private static float number(JsonNode value) {
            if (value.isBoolean()) {
                return value.booleanValue() ? 1 : 0;
            }
            return switch (value.asString("")) {
                case "inf" -> Float.POSITIVE_INFINITY;
                case "-inf" -> Float.NEGATIVE_INFINITY;
                case "nan" -> Float.NaN;
                default -> (float) value.doubleValue();
            };
        }

        Tensor tensor() {
            return Tensor.of(values, dims);
        }

        int[] integers() {
            int[] integers = new int[values.length];
            for (int i = 0; i < integers.length; i++) {
                integers[i] = (int) values[i];
            }
            return integers;
        }

        boolean half() {
            return type.equals("float16");
        }

        boolean truths() {
            return type.equals("bool");
        }
    }

    /** The names of the cases, by operator. */
    static Map<String, List<String>> index(Path folder) {
        Map<String, List<String>> index = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                JSON.readTree(folder.resolve("index.json").toFile()).properties()) {
            List<String> names = new ArrayList<>();
            entry.getValue().forEach(name -> names.add(name.stringValue()));
            index.put(entry.getKey(), names);
        }
        return index;
    }

    static OnnxCase read(Path folder, String name) {
        JsonNode json = JSON.readTree(folder.resolve(name + ".json").toFile());
        return new OnnxCase(
                json.path("name").stringValue(),
                json.path("op").stringValue(),
                json.path("attributes"),
                arrays(json.path("inputs")),
                arrays(json.path("outputs")));
    }

    private static Map<String, Array> arrays(JsonNode json) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            arrays.put(entry.getKey(), Array.of(entry.getValue()));
        }
        return arrays;
    }

    /** Fails where a case sets something that would be overlooked. */
    void understands(String... known) {
        Set<String> unknown = new TreeSet<>();
        attributes.propertyNames().forEach(unknown::add);
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s sets %s, which %s has not been told of".formatted(name, unknown, operator));
        }
    }

    boolean has(String input) {
        return inputs.containsKey(input);
    }

    @Nullable Array optional(String input) {
        return inputs.get(input);
    }

    Array input(String input) {
        return given(inputs, input);
    }

    Array output(String output) {
        return given(outputs, output);
    }

    private Array given(Map<String, Array> arrays, String wanted) {
        Array array = arrays.get(wanted);
        if (array == null) {
            throw new IllegalArgumentException(name + " has no " + wanted);
        }
        return array;
    }

    Tensor tensor(String input) {
        return input(input).tensor();
    }

    /** The first input. */
    Tensor first() {
        return inputs.values().iterator().next().tensor();
    }

    int integer(String attribute, int otherwise) {
        JsonNode value = attributes.path(attribute);
        return value.isMissingNode() ? otherwise : value.intValue();
    }

    int[] integers(String attribute, int... otherwise) {
        JsonNode value = attributes.path(attribute);
        if (value.isMissingNode()) {
            return otherwise;
        }
        int[] integers = new int[value.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = value.get(i).intValue();
        }
        return integers;
    }

    float number(String attribute, double otherwise) {
        JsonNode value = attributes.path(attribute);
        return (float) (value.isMissingNode() ? otherwise : value.doubleValue());
    }

    String text(String attribute, String otherwise) {
        return attributes.path(attribute).asString(otherwise);
    }

    /** A dimension's number, counted from the first. */
    int axis(int otherwise) {
        int axis = integer("axis", otherwise);
        return axis < 0 ? axis + inputs.values().iterator().next().dims().length : axis;
    }
}
