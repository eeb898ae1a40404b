package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.Table.Row;
import dev.unroll.data.table.TableLines.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the rows of a JSON-lines file. */
final class JsonRows {
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private JsonRows() {}

    /** The properties of the rows that can be read. */
    static Set<String> names(Path file) throws DataException {
        Set<String> names = new TreeSet<>();
        for (Line line : TableLines.of(file)) {
            if (line instanceof Line.Text(_, String text) && !text.isBlank()) {
                names(text).forEach(names::add);
            }
        }
        return names;
    }

    /** Reads a property that is present, as {@link #value} and {@link #list} do. */
    @FunctionalInterface
    interface Reading {
        String text(String column, JsonNode property) throws Unusable;
    }

    static Table read(Path file, List<String> columns, Reading reading) throws DataException {
        List<Row> rows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Line line : TableLines.of(file)) {
            switch (line) {
                case Line.Unreadable(long number, String why) ->
                        problems.add(new Problem(file, number, why));
                case Line.Text(long number, String text) -> {
                    if (!text.isBlank()) {
                        try {
                            JsonNode object = object(text);
                            seen.addAll(object.propertyNames());
                            rows.add(new Row(file, number, values(object, columns, reading)));
                        } catch (Unusable e) {
                            problems.add(new Problem(file, number, e.why));
                        }
                    }
                }
            }
        }
        for (String column : columns) {
            if (!seen.isEmpty() && !seen.contains(column)) {
                throw new DataException(
                        "%s: has no column '%s'; its rows have %s".formatted(file, column, seen));
            }
        }
        return new Table(file, columns, rows, problems);
    }

    /** The properties of a row; none of one that cannot be read, of which reading it tells. */
    private static Collection<String> names(String text) {
        try {
            return object(text).propertyNames();
        } catch (Unusable e) {
            return List.of();
        }
    }

    /** A row that cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unusable(String why) {
            super(why);
            this.why = why;
        }
    }

    private static JsonNode object(String text) throws Unusable {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new Unusable(
                        "it is no object; each line is one, such as {\"text\": \"...\"}");
            }
            return node;
        } catch (JacksonException e) {
            throw new Unusable("it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static List<String> values(JsonNode object, List<String> columns, Reading reading)
            throws Unusable {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            JsonNode value = object.path(column);
            if (value.isMissingNode() || value.isNull()) {
                throw new Unusable("it has no '" + column + "'");
            }
            String text = reading.text(column, value);
            if (text.isBlank()) {
                throw new Unusable("'" + column + "' is empty");
            }
            values.add(text);
        }
        return values;
    }

    /** Text, a number, true or false. */
    static String value(String column, JsonNode property) throws Unusable {
        if (!property.isValueNode()) {
            throw new Unusable("'" + column + "' is neither text nor a number");
        }
        if (property.isFloatingPointNumber() && !Double.isFinite(property.asDouble())) {
            throw new Unusable("'" + column + "' is a number too large to be read");
        }
        return property.asString();
    }

    /** The same, or an array of words as text with spaces between. */
    static String list(String column, JsonNode property) throws Unusable {
        if (!property.isArray()) {
            return value(column, property);
        }
        List<String> words = new ArrayList<>();
        for (JsonNode element : property) {
            if (!element.isString() || !element.asString().matches("\\S+")) {
                throw new Unusable(
                        "'%s' has the element %s; each is a text without white space"
                                .formatted(column, element));
            }
            words.add(element.asString());
        }
        return String.join(" ", words);
    }
}
