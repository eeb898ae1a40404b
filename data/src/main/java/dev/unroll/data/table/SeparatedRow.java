package dev.unroll.data.table;

import java.nio.file.Path;
import java.util.List;

/**
 * A row of CSV, of TSV, or of a text, whose one column is the line.
 *
 * @param values one for each column
 */
record SeparatedRow(
        TableFormat format, Path file, long line, List<String> columns, List<String> values)
        implements TableRow {

    @Override
    public boolean isList(String column) {
        return false;
    }

    @Override
    public long length() {
        return values.stream().mapToLong(String::length).sum();
    }

    @Override
    public String text(String column) throws UnusableRowException {
        int place = columns.indexOf(column);
        if (place < 0) {
            throw new UnusableRowException(problem("it has no '" + column + "'"));
        }
        return values.get(place);
    }

    @Override
    public List<String> words(String column) throws UnusableRowException {
        return split(text(column));
    }

    /** Words with white space between. */
    static List<String> split(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
    }
}
