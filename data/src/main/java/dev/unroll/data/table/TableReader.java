package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Header;
import dev.unroll.data.table.Table.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a table row by row, so that it may be of any size: of a file, a pipe or any other stream,
 * packed with gzip or not. A row that cannot be read is told in its place, and the others are read.
 * What is kept is the row itself, of at most 4 MB, and where a quote stays open the lines in which
 * its end is looked for.
 */
public final class TableReader implements AutoCloseable {
    private final TableLines lines;
    private final RowSource rows;

    /** A row, or why there is none. */
    public sealed interface Item {
        /**
         * A row that can be read.
         *
         * @param row as it was written
         */
        record Read(TableRow row) implements Item {}

        /**
         * A row that cannot.
         *
         * @param problem its file, its line and why
         */
        record Refused(Problem problem) implements Item {}
    }

    private TableReader(TableLines lines, RowSource rows) {
        this.lines = lines;
        this.rows = rows;
    }

    /**
     * Reads a stream.
     *
     * @param name of the stream, for people
     * @param in its bytes, packed with gzip or not
     * @param format of its rows
     * @return a reader, which closes the stream
     * @throws DataException if it cannot be read, is no text in UTF-8, or is a table and has no
     *     line with the columns' names
     */
    public static TableReader of(Path name, InputStream in, TableFormat format)
            throws DataException {
        return of(name, TableLines.of(name, in), format, Header.FIRST_LINE);
    }

    /** Of a file whose rows will be kept. */
    static TableReader of(Path file, TableFormat format, Header header) throws DataException {
        TableLines lines = TableLines.of(file);
        try {
            return of(file, lines, format, header);
        } catch (DataException e) {
            try {
                lines.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static TableReader of(Path name, TableLines lines, TableFormat format, Header header)
            throws DataException {
        RowSource rows =
                switch (format) {
                    case CSV, TSV -> new SeparatedRows(name, format, lines, header);
                    case JSONL -> new JsonRows(name, lines);
                    case CONLLU -> new ConlluRows(name, lines);
                    case TEXT -> new TextRows(name, lines);
                };
        TableReader reader = new TableReader(lines, rows);
        if (format.isTable() && reader.columns().isEmpty() && lines.isEmpty()) {
            throw new DataException(name + ": is empty");
        }
        return reader;
    }

    /**
     * {@return the names of the columns: of CSV and TSV those in the first line, of JSON lines
     * those of the first row that can be read, of a text {@code text} and of CoNLL-U {@code words}}
     *
     * @throws DataException if it cannot be read
     */
    public List<String> columns() throws DataException {
        return rows.columns();
    }

    /**
     * {@return the next row, or why it cannot be read; nothing at the end}
     *
     * @throws DataException if none behind it can be read
     */
    public Optional<Item> next() throws DataException {
        return rows.next();
    }

    /**
     * {@return whether more is there already, so that {@link #next} need not wait for a pipe}
     *
     * @throws IOException if it cannot be told
     */
    public boolean ready() throws IOException {
        return lines.ready();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
