package dev.unroll.formats.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * A value in a JSON file together with where it stands, so that whoever asks it for something it is
 * not gets an error that says where.
 *
 * @param file the file
 * @param path from the root of the file, such as {@code model.merges[3]}; empty at the root
 * @param node the value; a missing node where there is none
 */
record JsonPath(String file, String path, JsonNode node) {

    private static final int QUOTED = 60;

    /** {@return the property with this name, which may be missing} */
    JsonPath at(String name) {
        requireType(JsonNodeType.OBJECT, "an object");
        return new JsonPath(file, path.isEmpty() ? name : path + "." + name, node.path(name));
    }

    /** {@return whether the value is missing or null} */
    boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    String string() {
        requireType(JsonNodeType.STRING, "a string");
        return node.asString();
    }

    int integer() {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw error("is %s; an integer is needed".formatted(seen()));
        }
        return node.intValue();
    }

    double number() {
        if (!node.isNumber()) {
            throw error("is %s; a number is needed".formatted(seen()));
        }
        return node.doubleValue();
    }

    /** {@return the property with this name, if it is there, or else a default} */
    boolean bool(String name, boolean otherwise) {
        JsonPath value = at(name);
        return value.isAbsent() ? otherwise : value.bool();
    }

    /** {@return the one character of a string} */
    int character() {
        String text = string();
        if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
            throw error("is %s; one character is needed".formatted(seen()));
        }
        return text.codePointAt(0);
    }

    /** Refuses properties that nobody here knows. */
    void allowOnly(String... names) {
        java.util.Set<String> known = java.util.Set.of(names);
        for (Map.Entry<String, JsonPath> entry : entries()) {
            if (!known.contains(entry.getKey())) {
                throw entry.getValue().error("is not known; known are " + String.join(", ", names));
            }
        }
    }

    boolean bool() {
        requireType(JsonNodeType.BOOLEAN, "true or false");
        return node.booleanValue();
    }

    /** The members of an array. */
    List<JsonPath> elements() {
        requireType(JsonNodeType.ARRAY, "an array");
        List<JsonPath> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonPath(file, path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    /** The members of an object. */
    List<Map.Entry<String, JsonPath>> entries() {
        requireType(JsonNodeType.OBJECT, "an object");
        List<Map.Entry<String, JsonPath>> entries = new ArrayList<>(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entries.add(
                    Map.entry(
                            entry.getKey(),
                            new JsonPath(
                                    file,
                                    path + "['" + shortened(entry.getKey()) + "']",
                                    entry.getValue())));
        }
        return entries;
    }

    TokenizerFileException error(String what) {
        String where = path.isEmpty() ? "the file" : path;
        return new TokenizerFileException(file + ": " + where + " " + what);
    }

    private void requireType(JsonNodeType type, String name) {
        if (node.getNodeType() != type) {
            throw error("is %s; %s is needed".formatted(seen(), name));
        }
    }

    private String seen() {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "the string '" + shortened(node.asString()) + "'";
            case NUMBER, BOOLEAN -> shortened(node.asString());
        };
    }

    static String shortened(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    }
}
