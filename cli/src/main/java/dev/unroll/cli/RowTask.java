package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.TableWriter;
import dev.unroll.data.table.UnusableRowException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a command turns the rows of its input into answers: it reads each row, answers many together,
 * and writes an answer into the columns of a table.
 *
 * @param <I> what a row is read as
 * @param <T> the answer to it
 */
interface RowTask<I, T> {

    /** Rows that are answered together, where so many are there. */
    int TOGETHER = 256;

    /** Takes the answers, in the order of the rows. */
    @FunctionalInterface
    interface Sink<T> {
        /**
         * Takes one.
         *
         * @throws UnusableRowException if it cannot hold the row
         */
        void take(TableRow row, T answer) throws UnusableRowException, IOException;
    }

    /**
     * A column that is read.
     *
     * @param trainedOn its name in the table that the run was trained on, if it was on one
     * @param usual its name where the run does not tell one
     */
    record Reads(Optional<String> trainedOn, String usual) {}

    /** {@return the columns that are read, one or more} */
    List<Reads> reads();

    /**
     * Reads a row.
     *
     * @param columns the names of those that are read, in their order
     * @throws UnusableRowException if it cannot be used
     */
    I input(TableRow row, List<String> columns) throws UnusableRowException;

    /** Answers some rows, each by itself. */
    List<T> answers(List<I> inputs);

    /** {@return the names of what is written beside the columns that were read} */
    List<String> columns();

    /** {@return what is written of an answer, a value for each of the names} */
    List<TableCell> cells(T answer);

    /** {@return how many rows are answered together, where so many are there} */
    default int together() {
        return TOGETHER;
    }

    /**
     * Begins a table.
     *
     * @param format its form
     * @param out where to write
     * @param read the columns that are read
     * @param added the names of those behind them
     * @throws IllegalArgumentException if it cannot be written in this form
     */
    default Sink<T> sink(TableFormat format, Appendable out, List<String> read, List<String> added)
            throws IOException {
        if (!format.isTable()) {
            throw new IllegalArgumentException(
                    "the answers can be written as CSV, TSV or JSON lines; say which with --to");
        }
        TableWriter writer = TableWriter.of(format, out, read, added);
        return (row, answer) -> writer.write(row, cells(answer));
    }
}
