package dev.unroll.data.table;

import java.io.IOException;
import java.util.List;

/** Writes rows that were read, each with more values behind its own. */
public interface TableWriter {

    /**
     * Writes to a stream, beginning with the names of the columns if the form has them.
     *
     * @param format CSV, TSV or JSON lines
     * @param out where to write; is not closed
     * @param columns of the rows that were read
     * @param more names of the values behind them
     * @return a writer
     * @throws IOException if the names cannot be written
     * @throws IllegalArgumentException if the form is none of tables
     */
    static TableWriter of(
            TableFormat format, Appendable out, List<String> columns, List<String> more)
            throws IOException {
        return switch (format) {
            case CSV -> SeparatedWriter.csv(out, columns, more);
            case TSV -> SeparatedWriter.tsv(out, columns, more);
            case JSONL -> new JsonLinesWriter(out, more);
            case CONLLU, TEXT ->
                    throw new IllegalArgumentException("a table is CSV, TSV or JSON lines");
        };
    }

    /**
     * Writes a row, or nothing of it.
     *
     * @param row that was read
     * @param more a value for each of the names, in their order
     * @throws UnusableRowException if the form cannot hold it
     * @throws IOException if it cannot be written
     */
    void write(TableRow row, List<TableCell> more) throws UnusableRowException, IOException;
}
