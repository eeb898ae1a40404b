package dev.unroll.tasks.regression;

import dev.unroll.data.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Numbers in a column of a table, such as -1.5 or 2e3. */
public final class FiniteNumber {
    /** Java's own suffixes and hexadecimal numbers are none. */
    private static final Pattern WRITTEN =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private FiniteNumber() {}

    /** {@return the number that a text is; NaN of what is none} */
    public static double of(String text) {
        String number = text.strip();
        return WRITTEN.matcher(number).matches() ? Double.parseDouble(number) : Double.NaN;
    }

    /**
     * {@return a table without the rows whose value in a column is no finite number, which it
     * remarks on}
     *
     * @param table with the column
     * @param column its place among those that were asked for
     * @throws IOException if no row is left, or more are bad than are tolerated
     */
    public static Table only(Table table, int column) throws IOException {
        List<Table.Problem> strange = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            if (!Double.isFinite(of(row.value(column)))) {
                strange.add(
                        row.problem(
                                "'%s' in column '%s' is no finite number, such as -1.5 or 2e3"
                                        .formatted(
                                                row.value(column), table.columns().get(column))));
            }
        }
        return table.without(strange, Table.TOLERANCE);
    }
}
