package dev.unroll.data.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes CSV or TSV with LF at the end of a row. */
final class SeparatedWriter implements TableWriter {
    private static final Pattern NOT_IN_TABS = Pattern.compile("[\t\r\n]");

    private final CSVPrinter printer;
    private final List<String> columns;
    private final boolean quotes;

    private SeparatedWriter(
            CSVFormat format, Appendable out, List<String> columns, List<String> more)
            throws IOException {
        this.printer = format.builder().setRecordSeparator('\n').get().print(out);
        this.columns = List.copyOf(columns);
        this.quotes = format.getQuoteCharacter() != null;
        List<String> names = new ArrayList<>(columns);
        names.addAll(more);
        for (String name : names) {
            if (!fits(name)) {
                throw new IOException(
                        "a column's name has a tab or a line end in it, which TSV cannot have;"
                                + " write CSV or JSON lines");
            }
        }
        printer.printRecord(names);
    }

    static SeparatedWriter csv(Appendable out, List<String> columns, List<String> more)
            throws IOException {
        return new SeparatedWriter(SeparatedRows.COMMAS, out, columns, more);
    }

    static SeparatedWriter tsv(Appendable out, List<String> columns, List<String> more)
            throws IOException {
        return new SeparatedWriter(SeparatedRows.TABS, out, columns, more);
    }

    private boolean fits(String value) {
        return quotes || !NOT_IN_TABS.matcher(value).find();
    }

    @Override
    public void write(TableRow row, List<TableCell> more) throws UnusableRowException, IOException {
        List<String> values = new ArrayList<>(own(row));
        more.forEach(cell -> values.add(cell.plain()));
        for (String value : values) {
            if (!fits(value)) {
                throw new UnusableRowException(
                        row.problem(
                                "a value has a tab or a line end in it, which TSV cannot have;"
                                        + " write CSV or JSON lines"));
            }
        }
        printer.printRecord(values);
    }

    /** The row's values, one for each column of the table that is written. */
    private List<String> own(TableRow row) throws UnusableRowException {
        return switch (row) {
            case SeparatedRow separated -> separated.values();
            case ConlluRow sentence -> List.of(sentence.text(ConlluRow.WORDS));
            case JsonRow json -> {
                for (String name : json.columns()) {
                    if (!columns.contains(name)) {
                        throw new UnusableRowException(
                                row.problem(
                                        ("it has '%s', which the first row has not, so that there"
                                                        + " is no column for it; write JSON lines")
                                                .formatted(name)));
                    }
                }
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(json.written(column));
                }
                yield values;
            }
        };
    }
}
