package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableReader.Item;
import java.util.List;
import java.util.Optional;

/** The rows of one form of table, one by one. */
interface RowSource {
    /** The names of the columns; of JSON lines those of the first row. */
    List<String> columns() throws DataException;

    /** The next row, or why it cannot be read; nothing at the end. */
    Optional<Item> next() throws DataException;
}
