package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableReader.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of your own: rows of a CSV, TSV or JSON-lines file, told by its ending.
 *
 * <ul>
 *   <li>{@code .csv}: commas, and double quotes round what holds commas, line ends or quotes (RFC
 *       4180); a row may go on over several lines.
 *   <li>{@code .tsv}: tabs; a quote is a character like any other, and a line is a row.
 *   <li>{@code .jsonl}, {@code .ndjson}: an object in each line; text, numbers, true and false are
 *       read, as they are written.
 * </ul>
 *
 * <p>A file may be packed with gzip ({@code .csv.gz}). Files are UTF-8, with or without a byte
 * order mark; lines end in LF or CR LF; blank lines are passed over. A row that cannot be read is a
 * {@link Problem}: it is counted and named by its file and line, and the other rows are read.
 *
 * @param file where the rows are from
 * @param columns the columns asked for
 * @param rows all that can be read, in the file's order
 * @param problems the rows that cannot
 */
public record Table(Path file, List<String> columns, List<Row> rows, List<Problem> problems) {

    /** The share of rows that may be unreadable, unless another is given. */
    public static final double TOLERANCE = 0.1;

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /** The place of the column names in a CSV or TSV file. JSON lines name them in every row. */
    public enum Header {
        /** The first line has the columns' names. */
        FIRST_LINE,
        /** There are no names; columns are asked for by number, from 0. */
        NONE
    }

    /**
     * A row.
     *
     * @param file where it is from
     * @param line of the file, from 1, on which it begins
     * @param values one for each column asked for, in that order; none is blank
     */
    public record Row(Path file, long line, List<String> values) {
        public Row {
            values = List.copyOf(values);
        }

        /** The value of the column asked for at this place, from 0. */
        public String value(int column) {
            return values.get(column);
        }

        /** A problem with what this row says. */
        public Problem problem(String why) {
            return new Problem(file, line, why);
        }
    }

    /**
     * A row that cannot be used.
     *
     * @param file where it is from
     * @param line of the file, from 1, on which it begins
     * @param why for people
     */
    public record Problem(Path file, long line, String why) {
        /** {@code reviews.csv:17: why}. */
        @Override
        public String toString() {
            return file + ":" + line + ": " + why;
        }
    }

    /**
     * Reads the columns of these names.
     *
     * @throws DataException as for {@link #read(Path, List, Header, double)}
     */
    public static Table read(Path file, List<String> columns) throws DataException {
        return read(file, columns, Header.FIRST_LINE, TOLERANCE);
    }

    /**
     * Reads a table.
     *
     * @param columns by name, or by number from 0 if there is no header; other columns are passed
     *     over
     * @param tolerance the share of rows that may be unreadable, 0 to 1
     * @throws DataException if the file cannot be read or is of another kind, a column is not
     *     there, no row can be read, or more cannot than are tolerated
     */
    public static Table read(Path file, List<String> columns, Header header, double tolerance)
            throws DataException {
        return read(file, columns, header, tolerance, TableRow::text);
    }

    /**
     * Reads columns of these names whose values are words with white space between. In JSON lines
     * an array of words is read as if it were written so.
     */
    static Table readLists(Path file, List<String> columns) throws DataException {
        return read(
                file,
                columns,
                Header.FIRST_LINE,
                TOLERANCE,
                (row, column) -> String.join(" ", row.words(column)));
    }

    /**
     * {@return whether a table whose columns have names has one of this name}
     *
     * @throws DataException if the file cannot be read or is of another kind
     */
    public static boolean has(Path file, String column) throws DataException {
        try (TableReader reader = TableReader.of(file, format(file), Header.FIRST_LINE)) {
            boolean found = reader.columns().contains(column);
            if (format(file) == TableFormat.JSONL) {
                for (Optional<Item> next = reader.next();
                        !found && next.isPresent();
                        next = reader.next()) {
                    found =
                            next.get() instanceof Item.Read(TableRow row)
                                    && row.columns().contains(column);
                }
            }
            return found;
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
    }

    private static TableFormat format(Path file) throws DataException {
        return TableFormat.of(file)
                .filter(TableFormat::isTable)
                .orElseThrow(
                        () ->
                                new DataException(
                                        file
                                                + ": its ending tells no kind of table; name it"
                                                + " .csv, .tsv or .jsonl, with .gz behind if it is"
                                                + " packed"));
    }

    /** Reads the value of a column as text. */
    @FunctionalInterface
    private interface Reading {
        String text(TableRow row, String column) throws UnusableRowException;
    }

    private static Table read(
            Path file, List<String> columns, Header header, double tolerance, Reading reading)
            throws DataException {
        if (columns.isEmpty() || !(tolerance >= 0 && tolerance <= 1)) {
            throw new IllegalArgumentException(
                    "table %s: columns %s (one or more), tolerance %s (0 to 1)"
                            .formatted(file, columns, tolerance));
        }
        TableFormat format = format(file);
        List<Row> rows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        try (TableReader reader = TableReader.of(file, format, header)) {
            if (format != TableFormat.JSONL && !reader.columns().isEmpty()) {
                requireColumns(file, columns, header, reader.columns());
            }
            for (Optional<Item> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case Item.Refused(Problem problem) -> problems.add(problem);
                    case Item.Read(TableRow row) -> {
                        if (format == TableFormat.JSONL) {
                            seen.addAll(row.columns());
                        }
                        try {
                            rows.add(row(row, columns, reading));
                        } catch (UnusableRowException e) {
                            problems.add(e.problem());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
        for (String column : columns) {
            if (!seen.isEmpty() && !seen.contains(column)) {
                throw new DataException(
                        "%s: has no column '%s'; its rows have %s".formatted(file, column, seen));
            }
        }
        return new Table(file, columns, rows, problems).requireFew(tolerance);
    }

    private static void requireColumns(
            Path file, List<String> columns, Header header, List<String> there)
            throws DataException {
        for (String column : columns) {
            if (!there.contains(column)) {
                throw new DataException(
                        switch (header) {
                            case FIRST_LINE ->
                                    "%s: has no column '%s'; its first line names %s"
                                            .formatted(file, column, there);
                            case NONE ->
                                    ("%s: has no column '%s'; without a header columns are"
                                                    + " numbers from 0 to %d")
                                            .formatted(file, column, there.size() - 1);
                        });
            }
            if (there.indexOf(column) != there.lastIndexOf(column)) {
                throw new DataException(
                        "%s: its first line names the column '%s' twice; rename one of them"
                                .formatted(file, column));
            }
        }
    }

    private static Row row(TableRow row, List<String> columns, Reading reading)
            throws UnusableRowException {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            String value = reading.text(row, column);
            if (value.isBlank()) {
                throw new UnusableRowException(row.problem("column '" + column + "' is empty"));
            }
            values.add(value);
        }
        return new Row(row.file(), row.line(), values);
    }

    /**
     * Takes out rows whose values cannot be used.
     *
     * @param more problems that were found in values, each with its row
     * @param tolerance greatest share of rows that may be unusable, 0 to 1
     * @return a table without these rows, which remarks on them
     * @throws DataException if no row is left, or more are bad than are tolerated
     */
    public Table without(List<Problem> more, double tolerance) throws DataException {
        Set<Long> bad = more.stream().map(Problem::line).collect(Collectors.toSet());
        List<Problem> all =
                Stream.concat(problems.stream(), more.stream())
                        .sorted(Comparator.comparingLong(Problem::line))
                        .toList();
        return new Table(
                        file,
                        columns,
                        rows.stream().filter(row -> !bad.contains(row.line())).toList(),
                        all)
                .requireFew(tolerance);
    }

    private Table requireFew(double tolerance) throws DataException {
        unreadable().requireFew(tolerance);
        return this;
    }

    /**
     * {@return the number of rows that cannot be read, and the first ten, for people; empty if
     * there are none}
     */
    public List<String> remarks() {
        return unreadable().remarks();
    }

    private RowErrors unreadable() {
        return new RowErrors(file, "rows", rows.size(), problems);
    }
}
