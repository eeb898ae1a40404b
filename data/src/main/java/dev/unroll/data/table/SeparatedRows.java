package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Header;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.Table.Row;
import dev.unroll.data.table.TableLines.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV or TSV file, one by one: so a row whose quotes are wrong is one problem,
 * and does not swallow those behind it.
 */
final class SeparatedRows {
    /** A quote that is never closed would else be looked for to the end of the file. */
    private static final int MOST_LINES = 1_000;

    /** Characters of rows that were never closed: more would be read again and again. */
    private static final long MOST_IN_VAIN = 16L * TableLines.LONGEST;

    private final Path file;
    private final CSVFormat format;
    private final List<String> columns;
    private final Header header;
    private final List<Line> lines;
    private final List<Row> rows = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int next;
    private long lookedAtInVain;

    private SeparatedRows(Path file, CSVFormat format, List<String> columns, Header header)
            throws DataException {
        this.file = file;
        this.format = format;
        this.columns = columns;
        this.header = header;
        this.lines = TableLines.of(file);
    }

    static SeparatedRows csv(Path file, List<String> columns, Header header) throws DataException {
        return new SeparatedRows(file, CSVFormat.RFC4180, columns, header);
    }

    static SeparatedRows tsv(Path file, List<String> columns, Header header) throws DataException {
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter('\t').setQuote(null).get();
        return new SeparatedRows(file, format, columns, header);
    }

    /** The names in the first line. */
    List<String> names() throws DataException {
        for (Line line : lines) {
            if (line instanceof Line.Text(long number, String text) && !text.isBlank()) {
                return record(number, text).orElse(List.of()).stream().map(String::strip).toList();
            }
            next++;
        }
        return List.of();
    }

    Table read() throws DataException {
        @Nullable List<String> first = null; // whose columns every row has to have
        int @Nullable [] places = null;
        while (next < lines.size()) {
            Line line = lines.get(next);
            Optional<List<String>> values =
                    switch (line) {
                        case Line.Unreadable(long number, String why) -> {
                            next++;
                            problems.add(new Problem(file, number, why));
                            yield Optional.empty();
                        }
                        case Line.Text(long number, String text) -> {
                            if (text.isBlank()) {
                                next++;
                                yield Optional.empty();
                            }
                            yield record(number, text);
                        }
                    };
            if (values.isEmpty()) {
                requireHeader(first);
                continue;
            }
            if (first == null || places == null) {
                first = values.get();
                places = places(first);
                if (header == Header.FIRST_LINE) {
                    continue;
                }
            }
            add(line.number(), values.get(), first.size(), places);
        }
        return new Table(file, columns, rows, problems);
    }

    /** Without the first line nobody knows what the others say. */
    private void requireHeader(@Nullable List<String> first) throws DataException {
        if (first == null && header == Header.FIRST_LINE && !problems.isEmpty()) {
            throw new DataException(
                    problems.getFirst() + "; the first line has to have the columns' names");
        }
    }

    /** The values of the row that begins in the next line; the line after it is next then. */
    private Optional<List<String>> record(long number, String text) throws DataException {
        if (format.getQuoteCharacter() == null) {
            next++;
            return Optional.of(List.of(text.split(format.getDelimiterString(), -1)));
        }
        StringBuilder row = new StringBuilder(text);
        QuoteState quotes = new QuoteState(format.getDelimiterString().charAt(0));
        int start = next++;
        QuoteState.State state = quotes.read(text);
        while (state == QuoteState.State.OPEN && next < lines.size() && next - start < MOST_LINES) {
            if (!(lines.get(next) instanceof Line.Text(_, String more))
                    || row.length() + more.length() > TableLines.LONGEST) {
                break;
            }
            next++;
            row.append('\n').append(more);
            state = quotes.read(more);
        }
        Optional<List<String>> values =
                state == QuoteState.State.CLOSED ? parse(row.toString()) : Optional.empty();
        if (values.isEmpty()) {
            // The lines behind it may be rows of their own, and are looked at again.
            next = start + 1;
            lookedAtInVain += row.length() - text.length();
            Problem problem =
                    new Problem(
                            file,
                            number,
                            state == QuoteState.State.OPEN
                                    ? "a quote is opened and not closed within "
                                            + MOST_LINES
                                            + " lines"
                                    : text.indexOf('\r') >= 0
                                            ? "a carriage return (CR) stands in it; quote the value"
                                                    + " that has one"
                                            : "its quotes are wrong: quote a whole value, and"
                                                    + " double a quote inside it");
            problems.add(problem);
            if (lookedAtInVain > MOST_IN_VAIN) {
                throw new DataException(
                        "%s; %,d rows before it are bad as well: mend the file's quotes"
                                .formatted(problem, problems.size() - 1));
            }
        }
        return values;
    }

    private Optional<List<String>> parse(String row) {
        try (CSVParser parser = CSVParser.parse(row, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1
                    ? Optional.of(records.getFirst().toList())
                    : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private void add(long line, List<String> values, int count, int[] places) {
        if (values.size() != count) {
            problems.add(
                    new Problem(
                            file,
                            line,
                            "it has %d columns, the first line %d"
                                    .formatted(values.size(), count)));
            return;
        }
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            String value = values.get(places[i]);
            if (value.isBlank()) {
                problems.add(new Problem(file, line, "column '" + columns.get(i) + "' is empty"));
                return;
            }
            asked.add(value);
        }
        rows.add(new Row(file, line, asked));
    }

    /** Where each column asked for stands. */
    private int[] places(List<String> first) throws DataException {
        int[] places = new int[columns.size()];
        for (int i = 0; i < places.length; i++) {
            String column = columns.get(i);
            places[i] =
                    switch (header) {
                        case FIRST_LINE ->
                                first.stream().map(String::strip).toList().indexOf(column);
                        case NONE -> number(column);
                    };
            if (places[i] < 0 || places[i] >= first.size()) {
                throw new DataException(
                        switch (header) {
                            case FIRST_LINE ->
                                    "%s: has no column '%s'; its first line names %s"
                                            .formatted(file, column, first);
                            case NONE ->
                                    ("%s: has no column '%s'; without a header columns are"
                                                    + " numbers from 0 to %d")
                                            .formatted(file, column, first.size() - 1);
                        });
            }
        }
        return places;
    }

    private static int number(String column) {
        return column.matches("\\d{1,6}") ? Integer.parseInt(column) : -1;
    }
}
