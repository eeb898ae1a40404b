package dev.unroll.data.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of JSON lines.
 *
 * @param object that stands in it
 * @param written the line itself
 */
record JsonRow(Path file, long line, ObjectNode object, String written) implements TableRow {

    @Override
    public TableFormat format() {
        return TableFormat.JSONL;
    }

    @Override
    public boolean isList(String column) {
        return object.path(column).isArray();
    }

    @Override
    public long length() {
        return written.length();
    }

    @Override
    public List<String> columns() {
        return List.copyOf(object.propertyNames());
    }

    @Override
    public String text(String column) throws UnusableRowException {
        JsonNode property = property(column);
        if (property.isNull()) {
            return "";
        }
        if (!property.isValueNode()) {
            throw unusable("'" + column + "' is neither text nor a number");
        }
        requireFinite(column, property);
        return property.asString();
    }

    private void requireFinite(String column, JsonNode property) throws UnusableRowException {
        if (property.isFloatingPointNumber() && !Double.isFinite(property.asDouble())) {
            throw unusable("'" + column + "' is a number too large to be read");
        }
    }

    @Override
    public List<String> words(String column) throws UnusableRowException {
        JsonNode property = property(column);
        if (!property.isArray()) {
            return SeparatedRow.split(text(column));
        }
        List<String> words = new ArrayList<>();
        for (JsonNode element : property) {
            if (!element.isString() || !element.asString().matches("\\S+")) {
                throw unusable(
                        "'%s' has the element %s; each is a text without white space"
                                .formatted(column, element));
            }
            words.add(element.asString());
        }
        return words;
    }

    /** A property as CSV has it: text as it is, all else as JSON, nothing for null. */
    String written(String column) throws UnusableRowException {
        JsonNode property = object.path(column);
        requireFinite(column, property);
        return property.isMissingNode() || property.isNull()
                ? ""
                : property.isString() ? property.asString() : property.toString();
    }

    /** The line with properties added behind its own, which stay as they were written. */
    String with(ObjectNode added) throws UnusableRowException {
        for (String name : added.propertyNames()) {
            if (object.has(name)) {
                throw unusable("it has '" + name + "' already");
            }
        }
        String own = written.strip();
        String more = JsonRows.JSON.writeValueAsString(added);
        if (added.isEmpty() || object.isEmpty()) {
            return object.isEmpty() ? more : own;
        }
        return own.substring(0, own.length() - 1).stripTrailing() + "," + more.substring(1);
    }

    private JsonNode property(String column) throws UnusableRowException {
        JsonNode property = object.path(column);
        if (property.isMissingNode()) {
            throw unusable("it has no '" + column + "'");
        }
        return property;
    }

    private UnusableRowException unusable(String why) {
        return new UnusableRowException(problem(why));
    }
}
