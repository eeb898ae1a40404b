package dev.unroll.cli;

import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import java.util.List;
import java.util.Optional;

/**
 * A task that reads one column of its rows.
 *
 * @param <I> what a row is read as
 * @param <T> the answer to it
 */
interface ColumnTask<I, T> extends RowTask<I, T> {
    /** The column's name where the run does not tell one. */
    String USUAL = "text";

    /** {@return the column that the run was trained on; nothing if it was on no table} */
    Optional<String> trainedOn();

    /**
     * Reads a row.
     *
     * @throws UnusableRowException if it cannot be used
     */
    I input(TableRow row, String column) throws UnusableRowException;

    @Override
    default List<Reads> reads() {
        return List.of(new Reads(trainedOn(), USUAL));
    }

    @Override
    default I input(TableRow row, List<String> columns) throws UnusableRowException {
        return input(row, columns.getFirst());
    }
}
