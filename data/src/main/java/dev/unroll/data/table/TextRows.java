package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableLines.Line;
import dev.unroll.data.table.TableReader.Item;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines of a text, one by one, blank ones too: rows of one column. A line that is no text
 * is no row of its own: the text is of another encoding.
 */
final class TextRows implements RowSource {
    private static final List<String> COLUMNS = List.of("text");

    private final Path file;
    private final TableLines lines;

    TextRows(Path file, TableLines lines) {
        this.file = file;
        this.lines = lines;
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public Optional<Item> next() throws DataException {
        Optional<Line> line = lines.next();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return switch (line.get()) {
            case Line.Text(long number, String text) ->
                    Optional.of(
                            new Item.Read(
                                    new SeparatedRow(
                                            TableFormat.TEXT,
                                            file,
                                            number,
                                            COLUMNS,
                                            List.of(text))));
            case Line.Unreadable(long number, String why) ->
                    throw new DataException(
                            "%s:%d: %s; give text in UTF-8".formatted(file, number, why));
        };
    }
}
