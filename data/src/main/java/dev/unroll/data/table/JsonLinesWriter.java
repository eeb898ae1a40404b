package dev.unroll.data.table;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON lines. A row that was read from JSON lines stays as it was written. */
final class JsonLinesWriter implements TableWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Appendable out;
    private final List<String> more;

    JsonLinesWriter(Appendable out, List<String> more) {
        this.out = out;
        this.more = List.copyOf(more);
    }

    @Override
    public void write(TableRow row, List<TableCell> cells)
            throws UnusableRowException, IOException {
        ObjectNode added = NODES.objectNode();
        for (int i = 0; i < more.size(); i++) {
            added.set(more.get(i), node(cells.get(i)));
        }
        switch (row) {
            case JsonRow json -> out.append(json.with(added)).append('\n');
            case SeparatedRow separated -> {
                ObjectNode object = NODES.objectNode();
                for (int i = 0; i < separated.columns().size(); i++) {
                    if (object.has(separated.columns().get(i))) {
                        throw new UnusableRowException(
                                row.problem(
                                        "its table names the column '%s' twice; rename one of them"
                                                .formatted(separated.columns().get(i))));
                    }
                    object.put(separated.columns().get(i), separated.values().get(i));
                }
                line(object.setAll(added));
            }
            case ConlluRow sentence -> {
                ObjectNode object = NODES.objectNode();
                ArrayNode words = object.putArray(ConlluRow.WORDS);
                sentence.words().forEach(words::add);
                line(object.setAll(added));
            }
        }
    }

    private void line(JsonNode object) throws IOException {
        out.append(JsonRows.JSON.writeValueAsString(object)).append('\n');
    }

    private static JsonNode node(TableCell cell) {
        return switch (cell) {
            case TableCell.None() -> NODES.nullNode();
            case TableCell.Text(String value) -> NODES.stringNode(value);
            case TableCell.Decimal number -> NODES.numberNode(number.rounded());
            case TableCell.Flag(boolean value) -> NODES.booleanNode(value);
            case TableCell.Several(List<TableCell> values) -> {
                ArrayNode array = NODES.arrayNode();
                values.forEach(value -> array.add(node(value)));
                yield array;
            }
        };
    }
}
