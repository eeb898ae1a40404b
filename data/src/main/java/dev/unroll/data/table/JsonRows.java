package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.TableLines.Line;
import dev.unroll.data.table.TableReader.Item;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows of a JSON-lines file, one by one. */
final class JsonRows implements RowSource {
    /** Rows before the first good one that are looked at for the columns' names. */
    private static final int LOOKED_AT = 1_000;

    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;
    private final TableLines lines;
    private final Deque<Item> ahead = new ArrayDeque<>();

    JsonRows(Path file, TableLines lines) {
        this.file = file;
        this.lines = lines;
    }

    @Override
    public List<String> columns() throws DataException {
        while (ahead.size() < LOOKED_AT && !(ahead.peekLast() instanceof Item.Read)) {
            Optional<Item> next = read();
            if (next.isEmpty()) {
                return List.of();
            }
            ahead.add(next.get());
        }
        return ahead.peekLast() instanceof Item.Read(TableRow row) ? row.columns() : List.of();
    }

    @Override
    public Optional<Item> next() throws DataException {
        return ahead.isEmpty() ? read() : Optional.of(ahead.removeFirst());
    }

    private Optional<Item> read() throws DataException {
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            switch (line.get()) {
                case Line.Unreadable(long number, String why) -> {
                    return Optional.of(new Item.Refused(new Problem(file, number, why)));
                }
                case Line.Text(long number, String text) -> {
                    if (!text.isBlank()) {
                        return Optional.of(item(number, text));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Item item(long number, String text) {
        String why;
        try {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return new Item.Read(new JsonRow(file, number, object, text));
            }
            why = "it is no object; each line is one, such as {\"text\": \"...\"}";
        } catch (JacksonException e) {
            why = "it is no JSON: " + e.getOriginalMessage();
        }
        return new Item.Refused(new Problem(file, number, why));
    }
}
