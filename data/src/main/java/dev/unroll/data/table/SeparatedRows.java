package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Header;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.TableLines.Line;
import dev.unroll.data.table.TableReader.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the rows of a CSV or TSV file, one by one: so a row whose quotes are wrong is one problem,
 * and does not swallow those behind it.
 */
final class SeparatedRows implements RowSource {
    /** A quote that is never closed would else be looked for to the end of the file. */
    private static final int MOST_LINES = 1_000;

    /** Characters of rows that were never closed: more would be read again and again. */
    private static final long MOST_IN_VAIN = 16L * TableLines.LONGEST;

    /** So many more for each character that was read: a large file may have more bad rows. */
    private static final long IN_VAIN_EACH = 16;

    static final CSVFormat COMMAS = CSVFormat.RFC4180;
    static final CSVFormat TABS =
            CSVFormat.RFC4180.builder().setDelimiter('\t').setQuote(null).get();

    private final Path file;
    private final TableFormat form;
    private final CSVFormat format;
    private final TableLines lines;
    private final List<String> columns;
    private Optional<Values> first = Optional.empty();
    private long characters;
    private long lookedAtInVain;
    private long bad;

    /** The values of a row, or why there are none. */
    private sealed interface Entry {}

    private record Values(long line, List<String> values) implements Entry {}

    private record Bad(Problem problem) implements Entry {}

    /** Reads the first row, which has the columns' names, or is as wide as all. */
    SeparatedRows(Path file, TableFormat form, TableLines lines, Header header)
            throws DataException {
        this.file = file;
        this.form = form;
        this.format = form == TableFormat.CSV ? COMMAS : TABS;
        this.lines = lines;
        this.columns = columns(header);
    }

    private List<String> columns(Header header) throws DataException {
        Optional<Entry> record = record();
        while (record.isPresent() && header == Header.NONE && record.get() instanceof Bad) {
            record = record();
        }
        if (record.isEmpty()) {
            return List.of();
        }
        return switch (record.get()) {
            case Bad(Problem problem) ->
                    throw new DataException(
                            problem + "; the first line has to have the columns' names");
            case Values(long line, List<String> values) -> {
                if (header == Header.FIRST_LINE) {
                    yield values.stream().map(String::strip).toList();
                }
                first = Optional.of(new Values(line, values));
                yield IntStream.range(0, values.size()).mapToObj(Integer::toString).toList();
            }
        };
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Optional<Item> next() throws DataException {
        Optional<Entry> record = first.isPresent() ? Optional.of(first.get()) : record();
        first = Optional.empty();
        return record.map(this::item);
    }

    private Item item(Entry record) {
        return switch (record) {
            case Bad(Problem problem) -> new Item.Refused(problem);
            case Values(long line, List<String> values) when values.size() == columns.size() ->
                    new Item.Read(new SeparatedRow(form, file, line, columns, values));
            case Values(long line, List<String> values) ->
                    new Item.Refused(
                            new Problem(
                                    file,
                                    line,
                                    "it has %d columns, the first line %d"
                                            .formatted(values.size(), columns.size())));
        };
    }

    /** The next row that is not blank. */
    private Optional<Entry> record() throws DataException {
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            switch (line.get()) {
                case Line.Unreadable(long number, String why) -> {
                    return Optional.of(new Bad(new Problem(file, number, why)));
                }
                case Line.Text(long number, String text) -> {
                    if (!text.isBlank()) {
                        return Optional.of(record(number, text));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The values of the row that begins in a line; the line behind it is next then. */
    private Entry record(long number, String text) throws DataException {
        characters += text.length();
        boolean plain = text.indexOf('"') < 0 && text.indexOf('\r') < 0;
        if (plain || format.getQuoteCharacter() == null) {
            // a parser for each row would cost far more than the row
            return new Values(number, List.of(text.split(format.getDelimiterString(), -1)));
        }
        StringBuilder row = new StringBuilder(text);
        QuoteState quotes = new QuoteState(format.getDelimiterString().charAt(0));
        List<Line> behind = new ArrayList<>();
        QuoteState.State state = quotes.read(text);
        while (state == QuoteState.State.OPEN && behind.size() < MOST_LINES - 1) {
            Optional<Line> next = lines.next();
            next.ifPresent(behind::add);
            if (next.isEmpty()
                    || !(next.get() instanceof Line.Text(_, String more))
                    || row.length() + more.length() > TableLines.LONGEST) {
                break;
            }
            row.append('\n').append(more);
            state = quotes.read(more);
        }
        Optional<List<String>> values =
                state == QuoteState.State.CLOSED ? parse(row.toString()) : Optional.empty();
        if (values.isPresent()) {
            return new Values(number, values.get());
        }
        lines.back(behind); // they may be rows of their own
        bad++;
        lookedAtInVain += row.length() - text.length();
        Problem problem = new Problem(file, number, why(state, text));
        if (lookedAtInVain > MOST_IN_VAIN + IN_VAIN_EACH * characters) {
            throw new DataException(
                    "%s; %,d rows before it are bad as well: mend the file's quotes"
                            .formatted(problem, bad - 1));
        }
        return new Bad(problem);
    }

    private static String why(QuoteState.State state, String text) {
        if (state == QuoteState.State.OPEN) {
            return "a quote is opened and not closed within " + MOST_LINES + " lines";
        }
        return text.indexOf('\r') >= 0
                ? "a carriage return (CR) stands in it; quote the value that has one"
                : "its quotes are wrong: quote a whole value, and double a quote inside it";
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
}
