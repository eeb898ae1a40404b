package dev.unroll.chart;

import java.util.List;

/**
 * A table of numbers as shades: the largest number is the darkest.
 *
 * @param title one line that says what the map shows
 * @param x what the columns are
 * @param y what the rows are
 * @param columns a name for each column
 * @param rows a name for each row, from top to bottom
 * @param values [rows][columns], from 0
 */
public record HeatMap(
        String title,
        String x,
        String y,
        List<String> columns,
        List<String> rows,
        double[][] values)
        implements Chart {
    public HeatMap {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (rows.isEmpty() || columns.isEmpty() || values.length != rows.size()) {
            throw new IllegalArgumentException(
                    "a heat map of %d rows has %d names of rows and %d of columns"
                            .formatted(values.length, rows.size(), columns.size()));
        }
        for (double[] row : values) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(
                        "a heat map with %d names of columns has a row of %d values"
                                .formatted(columns.size(), row.length));
            }
        }
    }
}
