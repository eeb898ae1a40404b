package dev.unroll.data.table;

import dev.unroll.data.table.Table.Problem;
import java.nio.file.Path;
import java.util.List;

/** A row of a table that is read row by row. */
public sealed interface TableRow permits SeparatedRow, JsonRow, ConlluRow {
    /** {@return the file or pipe that it is from} */
    Path file();

    /** {@return the line of the file, from 1, on which it begins} */
    long line();

    /** {@return the form of its table} */
    TableFormat format();

    /** {@return about how many characters it has} */
    long length();

    /** {@return the names of its columns, in the row's order} */
    List<String> columns();

    /**
     * {@return the text of a column, as it was written; empty if there is none}
     *
     * @param column one of the table's
     * @throws UnusableRowException if the row does not have it, or it is neither text nor a number
     */
    String text(String column) throws UnusableRowException;

    /**
     * {@return whether a column has a list of words, and no text}
     *
     * @param column one of the table's
     */
    boolean isList(String column);

    /**
     * {@return the words of a column: those of a list, or of a text with white space between}
     *
     * @param column one of the table's
     * @throws UnusableRowException if the row does not have it, or it is neither text nor words
     */
    List<String> words(String column) throws UnusableRowException;

    /**
     * {@return a problem with this row}
     *
     * @param why for people
     */
    default Problem problem(String why) {
        return new Problem(file(), line(), why);
    }
}
